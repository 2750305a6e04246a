"use strict";
// The form that starts a run, or changes the number of users of a running one.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;

  function Field({ label, hint, children }) {
    return h(
      "label",
      { class: "field" },
      h("span", null, label),
      children,
      hint && h("small", { class: "quiet" }, hint),
    );
  }

  /** What was started is what the form offers the next time. */
  function remember(fields) {
    if (fields.has("user_count")) args.num_users = Number(fields.get("user_count"));
    if (fields.has("spawn_rate")) args.spawn_rate = Number(fields.get("spawn_rate"));
    for (const key of ["host", "run_time", "profile"]) if (fields.has(key)) args[key] = fields.get(key);
    if (fields.has("user_classes")) args.chosen_classes = fields.getAll("user_classes");
    if (fields.has("shape_class")) args.chosen_shape = fields.get("shape_class");
    for (const [name, option] of Object.entries(args.extra_options || {})) {
      if (!fields.has(name)) continue;
      if (typeof option.default_value === "boolean") option.default_value = fields.get(name) === "true";
      else option.default_value = option.is_multiple ? fields.getAll(name) : fields.get(name);
    }
  }

  /** A custom option of the locustfile, shown by its kind. */
  function ExtraOption({ name, option }) {
    const label = name[0].toUpperCase() + name.slice(1).replace(/_/g, " ");
    const value = option.default_value;
    const common = { name, required: option.is_required };
    let input;
    if (option.choices && option.choices.length) {
      input = h(
        "select",
        { ...common, multiple: option.is_multiple },
        option.choices.map((choice) => {
          const selected = Array.isArray(value) ? value.includes(choice) : String(value) === String(choice);
          return h("option", { value: choice, selected }, String(choice));
        }),
      );
    } else if (typeof value === "boolean") {
      return h(
        "label",
        { class: "field check" },
        h("input", { type: "checkbox", name, value: "true", defaultChecked: value, "data-flag": "1" }),
        h("span", null, label),
        option.help_text && h("small", { class: "quiet" }, option.help_text),
      );
    } else {
      input = h("input", {
        ...common,
        type: option.is_secret ? "password" : "text",
        autocomplete: "off",
        defaultValue:
          value === null || value === undefined ? "" : Array.isArray(value) ? value.join(",") : String(value),
      });
    }
    return h(Field, { label, hint: option.help_text }, input);
  }

  /** Which user classes run, and their weight, fixed count, host and tasks. */
  function ClassPicker({ running, shape, setShape }) {
    const names = args.available_user_classes || [];
    const rows = useRef(null);
    function choose(all) {
      for (const box of rows.current.querySelectorAll("[name=user_classes]")) box.checked = all;
    }
    return h(
      "fieldset",
      { ref: rows },
      h("legend", null, "User classes"),
      names.length > 3 &&
        !running &&
        h(
          "p",
          { class: "actions" },
          h("button", { type: "button", onClick: () => choose(true) }, "All classes"),
          h("button", { type: "button", onClick: () => choose(false) }, "None"),
        ),
      names.map((name) => h(ClassRow, { name, running })),
      args.available_shape_classes.length > 1 &&
        !running &&
        h(
          Field,
          { label: "Load shape" },
          h(
            "select",
            { name: "shape_class", value: shape, onChange: (event) => setShape(event.target.value) },
            args.available_shape_classes.map((name) =>
              h(
                "option",
                { value: name },
                name === "Default" ? "None: users and ramp from this form" : name,
              ),
            ),
          ),
        ),
    );
  }

  function ClassRow({ name, running }) {
    const [said, setSaid] = useState("");
    const details = args.users[name];
    const tasks = new Set(details.tasks).size;
    const about =
      (details.fixed_count ? "fixed count " + details.fixed_count : "weight " + details.weight) +
      ", " +
      (tasks === 1 ? "1 task" : tasks + " tasks");
    const all = [...new Set((args.available_user_tasks || {})[name] || details.tasks)];
    const box = useRef(null);

    async function save() {
      const body = { user_class_name: name };
      for (const input of box.current.querySelectorAll("[data-key]")) {
        if (input.value !== "")
          body[input.dataset.key] = input.type === "number" ? Number(input.value) : input.value;
      }
      body.tasks = [...box.current.querySelectorAll("[data-task]")]
        .filter((task) => task.checked)
        .map((task) => task.value);
      if (body.tasks.length === 0) {
        setSaid("Keep at least one task.");
        return;
      }
      try {
        await k.post("user", JSON.stringify(body));
        Object.assign(details, body);
        setSaid("Saved.");
      } catch (error) {
        setSaid(error.message);
      }
    }

    return h(
      "div",
      { class: "class-row", ref: box },
      h(
        "label",
        { class: "check" },
        h("input", {
          type: "checkbox",
          name: "user_classes",
          value: name,
          defaultChecked: !args.chosen_classes || args.chosen_classes.includes(name),
          disabled: running,
        }),
        h("b", null, name),
        h("span", { class: "quiet" }, about),
      ),
      h(
        "details",
        null,
        h("summary", { "aria-label": "Edit " + name }, "Edit"),
        h(
          "div",
          { class: "grid" },
          h(
            Field,
            { label: "Weight" },
            h("input", {
              type: "number",
              min: 0,
              step: "any",
              "data-key": "weight",
              defaultValue: details.weight,
            }),
          ),
          h(
            Field,
            { label: "Fixed count" },
            h("input", {
              type: "number",
              min: 0,
              step: 1,
              "data-key": "fixed_count",
              defaultValue: details.fixed_count,
            }),
          ),
          h(
            Field,
            { label: "Host" },
            h("input", { type: "text", "data-key": "host", defaultValue: details.host || "" }),
          ),
        ),
        h(
          "div",
          { class: "checks", role: "group", "aria-label": "Tasks of " + name },
          h("span", { class: "quiet" }, "Tasks"),
          all.map((task) =>
            h(
              "label",
              { class: "check" },
              h("input", {
                type: "checkbox",
                "data-task": "1",
                value: task,
                defaultChecked: details.tasks.includes(task),
              }),
              h("span", null, task),
            ),
          ),
        ),
        h(
          "p",
          { class: "actions" },
          h("button", { type: "button", onClick: save }, "Save class"),
          h("span", { role: "status" }, said),
        ),
      ),
    );
  }

  /**
   * @param running true to edit a run: then only users, ramp and time
   * @param workers how many are connected, or null if this is no master
   */
  k.StartForm = function ({ running, live, workers, onDone, onCancel }) {
    const [problem, setProblem] = useState(null);
    const [busy, setBusy] = useState(false);
    const [shape, setShape] = useState(
      args.chosen_shape || (live.state !== "ready" && live.shape) || "Default",
    );
    const form = useRef(null);
    // What is left of the time limit when the form is opened; empty if there is none.
    const endsAt = useRef(running ? live.ends_at : null).current;
    const left = useRef(endsAt ? k.span(endsAt - live.time) : "").current;
    const outdated = onCancel && running !== k.isActive(live.state);
    const first = useRef(null);
    // Ready to be written over.
    useEffect(() => first.current && first.current.select(), []);

    async function submit(event) {
      event.preventDefault();
      setBusy(true);
      const fields = new URLSearchParams({ "katydid-form": running ? "edit" : "start" });
      for (const [name, value] of new FormData(form.current)) fields.append(name, value);
      for (const flag of form.current.querySelectorAll("[data-flag]")) {
        if (!flag.checked) fields.set(flag.name, "false");
      }
      // A limit that nobody has touched stays as it is.
      if (running && fields.get("run_time") === left) fields.delete("run_time");
      if (args.show_userclass_picker && !running && !fields.has("user_classes")) {
        setProblem("Choose at least one user class.");
        setBusy(false);
        return;
      }
      try {
        const reply = await (await k.post("swarm", fields)).json();
        if (reply.success) {
          remember(fields);
          if (workers === 0)
            setProblem(
              "No worker is connected, so nothing runs yet. Start workers with --worker --master-host, then start again.",
            );
          else onDone();
        } else {
          setProblem(reply.message);
        }
      } catch (error) {
        setProblem(error.message);
      }
      setBusy(false);
    }

    // Somebody else may have started the test: what runs is asked of the server, not remembered. Of the time when the
    // form was opened: fields do not change under the hands of who fills them in.
    const { users, rate } = useRef(
      running
        ? { users: live.num_users ?? live.user_count, rate: live.spawn_rate }
        : { users: args.num_users, rate: args.spawn_rate },
    ).current;
    const shapeOnly = running
      ? false
      : args.show_userclass_picker
        ? shape !== "Default" && !args.shape_use_common_options
        : args.hide_common_options;
    const extra = Object.entries(args.extra_options || {});
    const profiles = args.all_profiles || [];
    return h(
      "form",
      {
        ref: form,
        class: "start",
        onSubmit: submit,
        "aria-label": running ? "Edit the running test" : "Start a test",
      },
      h("h2", null, running ? "Edit the running test" : "Start a test"),
      args.show_userclass_picker && h(ClassPicker, { running, shape, setShape }),
      shapeOnly
        ? h("p", null, "The load shape of the locustfile decides how many users run.")
        : h(
            "div",
            { class: "grid" },
            h(
              Field,
              { label: running ? "Users" : "Users at the peak" },
              h("input", {
                ref: first,
                type: "number",
                name: "user_count",
                min: 0,
                step: 1,
                required: true,
                defaultValue: users ?? 1,
              }),
            ),
            h(
              Field,
              { label: "Ramp up", hint: "users started per second" },
              h("input", {
                type: "number",
                name: "spawn_rate",
                min: 0,
                step: "any",
                required: true,
                defaultValue: rate ?? 1,
              }),
            ),
          ),
      !running &&
        h(
          Field,
          {
            label: "Host",
            hint: args.override_host_warning
              ? "The classes have different hosts; a host given here replaces them all."
              : args.missing_host_warning && "No host is known yet.",
          },
          h("input", {
            type: "text",
            name: "host",
            inputMode: "url",
            placeholder: "https://example.org",
            required: args.is_host_required,
            defaultValue: args.host || "",
          }),
        ),
      h(
        "div",
        { class: "grid" },
        !shapeOnly &&
          h(
            Field,
            {
              label: "Run time",
              hint:
                (left ? `As it is, the test ends at ${k.clock(endsAt)}. Another time counts ` : "") +
                (running ? "from now on: " : "") +
                "20, 20s, 3m, 2h, 1h20m; empty: until stopped",
            },
            h("input", {
              type: "text",
              name: "run_time",
              defaultValue: running ? left : (args.run_time ?? ""),
            }),
          ),
        !running &&
          h(
            Field,
            { label: "Profile", hint: "a name for the report" },
            h("input", { type: "text", name: "profile", list: "profiles", defaultValue: args.profile ?? "" }),
            h(
              "datalist",
              { id: "profiles" },
              profiles.map((name) => h("option", { value: name })),
            ),
          ),
      ),
      !running &&
        extra.length > 0 &&
        h(
          "fieldset",
          null,
          h("legend", null, "Options of the locustfile"),
          extra.map(([name, option]) => h(ExtraOption, { name, option })),
        ),
      !running &&
        workers === 0 &&
        h(
          "p",
          { class: "warning" },
          "No worker is connected yet. Start workers with --worker --master-host and this machine's address.",
        ),
      problem && h("p", { class: "error", role: "alert" }, problem),
      outdated &&
        h(
          "p",
          { class: "warning", role: "alert" },
          running
            ? "The test has ended meanwhile: there is nothing to edit any more."
            : "A test has been started meanwhile. Close this form to edit or stop it.",
        ),
      h(
        "p",
        { class: "actions last" },
        h("button", { class: "primary", disabled: busy || outdated }, running ? "Apply" : "Start"),
        onCancel && h("button", { type: "button", onClick: onCancel }, outdated ? "Close" : "Cancel"),
      ),
    );
  };
})(self.katydid);
