// baijin: the program. `baijin --help` says what it can do; each command is a file beside this one.
#include <fmt/format.h>
#include <mimalloc-new-delete.h>
#include <sched.h>

#include <CLI/CLI.hpp>

#include "base/log.h"
#include "main/commands.h"
#include "net/guarded_reader.h"

namespace {

using baijin::Config;

// The flags every command takes; a flag that was given wins over DIR/baijin.toml.
void add_usual_flags(CLI::App& app, Config& config) {
  app.add_option("--data", config.directory, "the desk's directory")
      ->envname("BAIJIN_DATA")
      ->capture_default_str();
  app.add_option("--database", config.database, "postgresql://… instead of SQLite in the directory")
      ->envname("BAIJIN_DATABASE");
}

void add_serving_flags(CLI::App& app, Config& config) {
  app.add_option("--listen", config.listen, "HOST:PORT; port 0 takes a free one")
      ->envname("BAIJIN_LISTEN")
      ->capture_default_str();
  app.add_option("--base-url", config.base_url, "how people reach the desk")
      ->envname("BAIJIN_BASE_URL");
  app.add_option("--trusted-proxies", config.trusted_proxies,
                 "addresses whose X-Forwarded-For is believed");
  app.add_option("--log-level", config.log_level, "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

std::vector<std::string> given_flags(const CLI::App& command) {
  std::vector<std::string> given;
  for (const auto* option : command.get_options()) {
    if (option->count() == 0) continue;
    auto name = option->get_single_name();
    std::replace(name.begin(), name.end(), '-', '_');
    given.push_back(name);
  }
  return given;
}

void set_log_level(const std::string& name) {
  using baijin::log::Level;
  baijin::log::set_level(name == "debug"     ? Level::debug
                         : name == "warning" ? Level::warning
                         : name == "error"   ? Level::error
                                             : Level::info);
}

// What was typed, on its way to a function.
struct CommandLine {
  CLI::App app{"Baijin 白金: the after-sales service hub"};
  Config config;
  std::function<int()> chosen;
  baijin::DemoWish demo;
  baijin::PersonWish person;
  baijin::TokenWish token;
  baijin::ImportWish import;
  std::string description = "openapi";
  std::string path, mailbox;

  // A command whose function runs after the configuration is complete.
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& about,
                    std::function<int()> action) {
    auto* added = parent.add_subcommand(name, about);
    add_usual_flags(*added, config);
    added->callback([this, added, action = std::move(action)] {
      chosen = [this, given = given_flags(*added), action] {
        baijin::read_config_file(config, given);
        set_log_level(config.log_level);
        return action();
      };
    });
    return added;
  }
};

void add_desk_commands(CommandLine& line) {
  auto* serve = line.command(line.app, "serve", "serve the desk",
                             [&] { return baijin::serve(line.config); });
  add_serving_flags(*serve, line.config);

  auto* demo = line.command(line.app, "demo",
                            "fill an empty desk with a lively vendor and serve it",
                            [&] { return baijin::run_demo(line.config, line.demo); });
  add_serving_flags(*demo, line.config);
  demo->add_option("--tickets", line.demo.tickets, "how many")
      ->check(CLI::Range(1, 100'000'000))
      ->capture_default_str();
  demo->add_option("--seed", line.demo.seed, "another seed, another desk")->capture_default_str();
  demo->add_flag("--fill-only", line.demo.fill_only, "fill, and do not serve");

  line.command(line.app, "migrate", "bring the database to this program's schema",
               [&] { return baijin::migrate(line.config); });

  auto* openapi = line.app.add_subcommand("openapi", "print the API's description");
  for (std::string what : {"routes", "events", "rights"}) {
    openapi->add_flag_callback(
        "--" + what, [&line, what] { line.description = what; }, "the " + what + " instead");
  }
  openapi->callback([&] { line.chosen = [&] { return baijin::describe(line.description); }; });
}

// What the desk starts to read mail in; of no use to people, so it stands in no help.
void add_inner_commands(CommandLine& line) {
  auto* read_mail = line.app.add_subcommand("read-mail", "read messages for a desk")->group("");
  read_mail->callback([&] {
    line.chosen = [] {
      return baijin::net::serve_reading(baijin::net::channel_number, baijin::mime::direct_reader());
    };
  });
}

void add_people_commands(CommandLine& line) {
  auto* user = line.app.add_subcommand("user", "people of the desk");
  user->require_subcommand(1);
  auto* add = line.command(*user, "add",
                           "add a member of staff; the password comes on standard input",
                           [&] { return baijin::add_person(line.config, line.person); });
  add->add_option("login", line.person.login)->required();
  add->add_option("--name", line.person.name, "as shown to colleagues and customers");
  add->add_option("--email", line.person.email);
  add->add_option("--role", line.person.role, "a role's key")->capture_default_str();

  auto* token = line.command(line.app, "token", "make an API token for a person, print it once",
                             [&] { return baijin::make_token(line.config, line.token); });
  token->add_option("--user", line.token.login, "whose rights it has")->required();
  token->add_option("--name", line.token.name)->capture_default_str();
  token->add_option("--days", line.token.days, "until it expires")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  token->add_option("--scope", line.token.scopes, "rights it is limited to; may be repeated");
}

void add_keeping_commands(CommandLine& line) {
  auto with_file = [&](const std::string& name, const std::string& about,
                       int (*run)(const Config&, const std::string&)) {
    auto* added = line.command(line.app, name, about,
                               [&line, run] { return run(line.config, line.path); });
    added->add_option("file", line.path)->required();
  };
  with_file("backup", "a consistent copy of everything, while the desk is in use", baijin::back_up);
  with_file("restore", "put a backup into an empty directory or database", baijin::restore);
  with_file("export", "everything as sorted JSON lines, alike on both engines",
            baijin::export_desk);
  line.command(line.app, "check", "is everything whole: database, files, event log",
               [&] { return baijin::check(line.config); });

  auto* import = line.command(line.app, "import", "import records: CSV or JSON lines",
                              [&] { return baijin::import_file(line.config, line.import); });
  import->add_option("kind", line.import.kind)->required()->check(CLI::IsMember({"tickets"}));
  import->add_option("file", line.import.path)->required()->check(CLI::ExistingFile);
  auto* mail_in = line.command(line.app, "mail-in", "take a message (RFC 5322) on standard input",
                               [&] { return baijin::mail_in(line.config, line.mailbox); });
  mail_in->add_option("--mailbox", line.mailbox, "the address it was sent to; else the first");
  import->add_flag("--dry-run", line.import.dry_run, "say what would happen and change nothing");
}

// The threads of a desk wake each other all the time, and whoever is woken pushes the other off the
// processor by default, several times a request. So he waits until the other has to wait himself
// (SCHED_BATCH, sched(7)); where a system forbids to say so, all that is lost is speed.
void take_turns() {
  const sched_param no_priority{};
  static_cast<void>(sched_setscheduler(0, SCHED_BATCH, &no_priority));
}

}  // namespace

int main(int argc, char** argv) {
  take_turns();
  CommandLine line;
  line.app.require_subcommand(1);
  add_desk_commands(line);
  add_people_commands(line);
  add_keeping_commands(line);
  add_inner_commands(line);
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return line.app.exit(problem) == 0 ? 0 : 2;
  }
  try {
    return line.chosen();
  } catch (const baijin::Error& error) {
    fmt::print(stderr, "baijin: {}{}{}\n", error.reason, error.detail.empty() ? "" : ": ",
               error.detail);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "baijin: {}\n", problem.what());
  }
  return 1;
}
