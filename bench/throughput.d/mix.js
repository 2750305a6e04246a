import http from "k6/http";
import { check } from "k6";

export default function () {
  if (Math.random() < 0.5) {
    http.get(`${__ENV.HOST}/items/1`, { tags: { name: "/items/[id]" } });
  } else {
    const response = http.post(`${__ENV.HOST}/items`, JSON.stringify({ name: "katydid", price: 3 }), {
      headers: { "Content-Type": "application/json" },
    });
    check(response, { ok: (r) => r.status === 200 && r.json().ok === true });
  }
}
