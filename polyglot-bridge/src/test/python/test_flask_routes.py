"""The package flask: routes, requests, responses, sessions, errors."""
import unittest

import flask
from flask import Blueprint, Flask, Request, abort, jsonify, make_response, redirect, request, session, url_for
from flask._context import Session


def ask(app, path, method="GET", query="", headers=None, body=b"", kept=None):
    fields = {name: [value] for name, value in (headers or {}).items()}
    return app.handle(Request(method, path, query, fields, body, "127.0.0.1"), Session({}) if kept is None else kept)


class FlaskRoutesTest(unittest.TestCase):
    def setUp(self):
        self.app = Flask("test")

    def test_a_plain_route_returns_text(self):
        @self.app.route("/added")
        def added():
            return "hello å"
        response = ask(self.app, "/added")
        self.assertEqual((200, "hello å", "text/html; charset=utf-8"),
                         (response.status_code, response.get_data(as_text=True), response.content_type))
        self.assertIsNone(ask(self.app, "/other"))

    def test_dicts_lists_and_tuples_become_responses(self):
        views = {"/dict": lambda: {"b": 1, "a": 2}, "/list": lambda: [1, 2], "/status": lambda: ("gone", 410),
                 "/all": lambda: ("x", 201, {"X-A": "1"}), "/headers": lambda: ("y", {"Content-Type": "text/csv"})}
        for path, view in views.items():
            self.app.add_url_rule(path, path, view)
        self.assertEqual({"a": 2, "b": 1}, ask(self.app, "/dict").json)
        self.assertEqual("application/json", ask(self.app, "/list").mimetype)
        self.assertEqual(410, ask(self.app, "/status").status_code)
        self.assertEqual("1", ask(self.app, "/all").headers["x-a"])
        self.assertEqual("text/csv", ask(self.app, "/headers").content_type)

    def test_the_configuration_comes_from_files_objects_and_the_environment(self):
        import os
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "dev.cfg"), "w") as out:
                out.write("DEBUG = True\nNAME = 'x' * 3\nlower = 1\n")
            app = Flask("settings", root_path=folder)
            self.assertTrue(app.config.from_pyfile("./dev.cfg"))
            self.assertFalse(app.config.from_pyfile("missing.cfg", silent=True))
            with self.assertRaises(FileNotFoundError):
                app.config.from_pyfile("missing.cfg")
        self.assertEqual((True, "xxx", None), (app.config["DEBUG"], app.config["NAME"], app.config.get("lower")))

        class Settings:
            DB_HOST = "db"
            other = 1
        app.config.from_object(Settings)
        app.config.from_mapping({"DB_PORT": 5432, "no": 1}, TESTING=True)
        self.assertEqual({"host": "db", "port": 5432}, app.config.get_namespace("DB_"))
        self.assertTrue(app.config["TESTING"])
        self.assertNotIn("no", app.config)
        os.environ["KATYDID_TEST_A__B"] = "[1, 2]"
        try:
            app.config.from_prefixed_env("KATYDID_TEST")
        finally:
            del os.environ["KATYDID_TEST_A__B"]
        self.assertEqual({"B": [1, 2]}, app.config["A"])

    def test_paths_have_typed_parts(self):
        @self.app.route("/users/<int:number>/<name>")
        def user(number, name):
            return jsonify(number=number, name=name)

        @self.app.route("/files/<path:rest>")
        def files(rest):
            return rest
        self.assertEqual({"number": 7, "name": "ann"}, ask(self.app, "/users/7/ann").json)
        self.assertIsNone(ask(self.app, "/users/x/ann"))
        self.assertEqual(b"a/b.txt", ask(self.app, "/files/a/b.txt").data)

    def test_methods_are_kept_apart(self):
        @self.app.route("/thing", methods=["GET"])
        def read():
            return "read"

        @self.app.post("/thing")
        def write():
            return "write"
        self.assertEqual(b"read", ask(self.app, "/thing").data)
        self.assertEqual(b"write", ask(self.app, "/thing", "POST").data)
        refused = ask(self.app, "/thing", "DELETE")
        self.assertEqual((405, "GET, HEAD, OPTIONS, POST"), (refused.status_code, refused.headers["Allow"]))
        self.assertEqual(200, ask(self.app, "/thing", "OPTIONS").status_code)

    def test_the_request_gives_query_form_json_headers_and_cookies(self):
        seen = {}

        @self.app.route("/in", methods=["POST"])
        def take():
            seen.update(q=request.args.get("n", type=int), all=request.args.getlist("n"), json=request.get_json(silent=True),
                        form=request.form.get("f"), header=request.headers.get("x-a"), cookie=request.cookies.get("c"),
                        method=request.method, path=request.path)
            return ""
        ask(self.app, "/in", "POST", "n=1&n=2", {"content-type": "application/json", "x-a": "b", "cookie": "c=d; e=f"},
            b'{"k": [1]}')
        self.assertEqual({"q": 1, "all": ["1", "2"], "json": {"k": [1]}, "form": None, "header": "b", "cookie": "d",
                          "method": "POST", "path": "/in"}, seen)
        ask(self.app, "/in", "POST", "", {"content-type": "application/x-www-form-urlencoded"}, b"f=a+b%26")
        self.assertEqual("a b&", seen["form"])
        ask(self.app, "/in", "POST", "", {"content-type": "multipart/form-data; boundary=zz"},
            b'--zz\r\nContent-Disposition: form-data; name="f"\r\n\r\nparts\r\n--zz--\r\n')
        self.assertEqual("parts", seen["form"])

    def test_blueprints_have_prefixes_and_names(self):
        extend = Blueprint("extend", "extend_web_ui", url_prefix="/load")

        @extend.route("/one")
        def one():
            return redirect(url_for(".two", a="b"))

        @extend.route("/two")
        def two():
            return url_for("extend.one")
        self.app.register_blueprint(extend)
        self.assertEqual("/load/two?a=b", ask(self.app, "/load/one").headers["Location"])
        self.assertEqual(b"/load/one", ask(self.app, "/load/two").data)

    def test_errors_end_a_request_with_their_status(self):
        @self.app.route("/abort")
        def aborting():
            abort(404, "no such run")

        @self.app.route("/broken")
        def broken():
            return 1 / 0
        response = ask(self.app, "/abort")
        self.assertEqual((404, b"no such run"), (response.status_code, response.data))
        self.assertRaises(ZeroDivisionError, ask, self.app, "/broken")

        @self.app.errorhandler(ZeroDivisionError)
        def divided(error):
            return "handled", 418
        self.assertEqual(418, ask(self.app, "/broken").status_code)

    def test_before_and_after_functions_see_requests_and_responses(self):
        @self.app.route("/x")
        def view():
            return "view"

        @self.app.before_request
        def guard():
            return ("stopped", 403) if request.args.get("stop") else None

        @self.app.after_request
        def mark(response):
            response.headers["X-Mark"] = request.path
            return response
        self.assertEqual((b"view", "/x"), (ask(self.app, "/x").data, ask(self.app, "/x").headers["X-Mark"]))
        self.assertEqual(403, ask(self.app, "/x", query="stop=1").status_code)
        other = self.app.after(Request("GET", "/stats/requests", "", {}, b"", ""), make_response({"a": 1}), Session({}))
        self.assertEqual(("/stats/requests", {"a": 1}), (other.headers["X-Mark"], other.json))

    def test_sessions_say_when_they_changed(self):
        @self.app.route("/write")
        def write():
            session["n"] = session.get("n", 0) + 1
            return ""

        @self.app.route("/read")
        def read():
            return str(session["n"])
        kept = Session({})
        ask(self.app, "/write", kept=kept)
        self.assertTrue(kept.changed)
        kept = Session({"n": 5})
        self.assertEqual(b"5", ask(self.app, "/read", kept=kept).data)
        self.assertFalse(kept.changed)

    def test_the_index_template_asks_for_the_page(self):
        @self.app.route("/extend")
        def extend():
            return flask.render_template("index.html", template_args={"extended_tabs": [{"key": "a"}]})
        self.assertEqual({"extended_tabs": [{"key": "a"}]}, ask(self.app, "/extend").index_args)

    def test_templates_know_the_filters_globals_tests_and_contexts_of_the_app(self):
        try:
            import jinja2
        except ImportError:
            self.skipTest("the build had no package index to fetch jinja2 from")

        @self.app.template_filter()
        def loud(text):
            return text.upper()

        @self.app.template_filter("half")
        def divide(number):
            return number // 2

        @self.app.template_global()
        def answer():
            return 42

        @self.app.template_test("tall")
        def is_tall(number):
            return number > 10

        @self.app.context_processor
        def common():
            return {"who": "x"}

        @self.app.route("/page")
        def page():
            return flask.render_template_string("{{ who|loud }} {{ 8|half }} {{ answer() }} {{ 11 is tall }}")
        self.assertEqual(b"X 4 42 True", ask(self.app, "/page").data)

    def test_files_stay_below_their_folder(self):
        import os
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "a.txt"), "w") as file:
                file.write("content")

            @self.app.route("/files/<path:name>")
            def files(name):
                return flask.send_from_directory(folder, name)
            response = ask(self.app, "/files/a.txt")
            self.assertEqual((b"content", "text/plain"), (response.data, response.mimetype))
            self.assertEqual(404, ask(self.app, "/files/../../etc/passwd").status_code)

    def test_outside_of_a_request_it_is_said_plainly(self):
        self.assertRaises(RuntimeError, lambda: request.args)


class FlaskLoginTest(unittest.TestCase):
    def test_login_puts_the_id_into_the_session_and_views_can_demand_it(self):
        import flask_login
        app = Flask("test")
        manager = flask_login.LoginManager()

        class Person(flask_login.UserMixin):
            def __init__(self, id):
                self.id = id
        manager.user_loader(lambda user_id: Person(user_id) if user_id == "ann" else None)

        @app.route("/in")
        def log_in():
            flask_login.login_user(Person("ann"))
            return redirect("/")

        @app.route("/secret")
        @flask_login.login_required
        def secret():
            return flask_login.current_user.id
        kept = Session({})
        self.assertEqual(302, ask(app, "/secret", kept=kept).status_code)
        ask(app, "/in", kept=kept)
        self.assertEqual("ann", kept["_user_id"])
        self.assertEqual(b"ann", ask(app, "/secret", kept=kept).data)


if __name__ == "__main__":
    unittest.main()


class FlaskPagesTest(unittest.TestCase):
    def setUp(self):
        self.app = Flask("test")
        self.client = self.app.test_client()

    def test_a_page_of_our_own_for_unknown_paths(self):
        self.assertIsNone(ask(self.app, "/nowhere"))

        @self.app.errorhandler(404)
        def missing(error):
            return "nothing at " + request.path, 404
        response = ask(self.app, "/nowhere")
        self.assertEqual((404, b"nothing at /nowhere"), (response.status_code, response.get_data()))

    def test_an_upload(self):
        @self.app.route("/accounts", methods=["POST"])
        def accounts():
            file = request.files["accounts"]
            return f"{file.filename} {file.mimetype} {len(file.readlines())} {request.form['kind']} {len(request.files)}"
        body = (b'--xx\r\nContent-Disposition: form-data; name="kind"\r\n\r\nnew\r\n'
                b'--xx\r\nContent-Disposition: form-data; name="accounts"; filename="a b.csv"\r\n'
                b'Content-Type: text/csv\r\n\r\nann\nbob\n\r\n--xx--\r\n')
        response = ask(self.app, "/accounts", "POST", headers={"content-type": "multipart/form-data; boundary=xx"}, body=body)
        self.assertEqual(b"a b.csv text/csv 2 new 1", response.get_data())
        import io
        response = self.client.post("/accounts", data={"kind": "k", "accounts": (io.BytesIO(b"1\n2\n3\n"), "c.csv")})
        self.assertTrue(response.get_data().startswith(b"c.csv "))
        self.assertTrue(response.get_data().endswith(b" 3 k 1"))

    def test_views_that_are_classes(self):
        from flask.views import MethodView, View

        class Box(MethodView):
            def get(self, number):
                return f"box {number}"

            def post(self, number):
                return "kept", 201

        class Old(View):
            methods = ["GET", "PUT"]

            def dispatch_request(self):
                return request.method
        self.app.add_url_rule("/box/<int:number>", view_func=Box.as_view("box"))
        self.app.add_url_rule("/old", view_func=Old.as_view("old"))
        self.assertEqual((b"box 3", 201, 405, b"PUT"), (
            self.client.get("/box/3").get_data(), self.client.post("/box/3").status_code,
            self.client.delete("/box/3").status_code, self.client.put("/old").get_data()))

    def test_pieces_and_the_client_without_a_server(self):
        @self.app.route("/rows")
        def rows():
            def pieces():
                for number in range(3):
                    yield f"{number},{request.args['q']}\n"
            return flask.Response(flask.stream_with_context(pieces()), mimetype="text/csv")
        response = self.client.get("/rows?q=x")
        self.assertEqual(("0,x\n1,x\n2,x\n", "text/csv"), (response.get_data(as_text=True), response.mimetype))
        self.assertEqual(404, self.client.get("/no").status_code)
