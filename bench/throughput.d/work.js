import http from "k6/http";
import { fail } from "k6";

const words = ["alpha", "beta", "gamma", "delta"];
const name = /"name": "(\w+)"/;

export default function () {
  const item = 1 + Math.floor(Math.random() * 10000);
  const tags = [0, 1, 2, 3, 4].map((n) => `tag-${n}`);
  const text = JSON.stringify({ item, word: words[Math.floor(Math.random() * words.length)], tags });
  const response = http.get(`${__ENV.HOST}/items/${item}?q=${text.length}`, { tags: { name: "/items/[id]" } });
  const match = name.exec(response.body);
  if (match === null || response.json().name !== match[1]) {
    fail("wrong answer");
  }
}
