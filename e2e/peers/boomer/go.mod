module io.katydid/peers/boomer

go 1.21

require github.com/myzhan/boomer v1.6.1-0.20260709030113-f1c3b61eaaca
