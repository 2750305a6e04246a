// A boomer worker for the tests: two requests that succeed and one that fails, fifty times over, then its users only
// wait, so that what they have done can be compared with what the master has counted.
//
//	boomer-worker --master-host HOST --master-port PORT TARGET_URL
package main

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/myzhan/boomer"
)

const rounds = 50

var done atomic.Int64

func get(path string) {
	begun := time.Now()
	reply, err := http.Get(flag.Arg(0) + path)
	millis := time.Since(begun).Milliseconds()
	if err != nil {
		boomer.RecordFailure("GET", path, millis, err.Error())
		return
	}
	length, _ := io.Copy(io.Discard, reply.Body)
	reply.Body.Close()
	if reply.StatusCode >= 400 {
		boomer.RecordFailure("GET", path, millis, fmt.Sprintf("status %d", reply.StatusCode))
	} else {
		boomer.RecordSuccess("GET", path, millis, length)
	}
}

func round() {
	if done.Add(1) <= rounds {
		get("/ok/boomer")
		get("/ok/boomer")
		get("/fail/boomer")
	}
	time.Sleep(100 * time.Millisecond)
}

func main() {
	boomer.Run(&boomer.Task{Name: "round", Weight: 1, Fn: round})
}
