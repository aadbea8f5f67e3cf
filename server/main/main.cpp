// baijin: the program. `baijin --help` says what it can do; each command is a file beside this one.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <mimalloc-new-delete.h>

#include "base/log.h"
#include "main/commands.h"

namespace {

using baijin::Config;

// The flags every command takes; a flag that was given wins over DIR/baijin.toml.
void add_usual_flags(CLI::App& app, Config& config) {
  app.add_option("--data", config.directory, "the desk's directory")
      ->envname("BAIJIN_DATA")
      ->capture_default_str();
  app.add_option("--database", config.database,
                 "postgresql://… instead of SQLite in the directory")
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

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Baijin 白金: the after-sales service hub"};
  app.require_subcommand(1);
  Config config;
  std::function<int()> chosen;
  // A command whose function runs after the configuration is complete.
  auto command = [&](CLI::App& parent, const std::string& name, const std::string& about,
                     std::function<int()> action) {
    auto* added = parent.add_subcommand(name, about);
    add_usual_flags(*added, config);
    added->callback([&, added, action = std::move(action)] {
      auto given = given_flags(*added);
      chosen = [&, given, action] {
        baijin::read_config_file(config, given);
        set_log_level(config.log_level);
        return action();
      };
    });
    return added;
  };

  add_serving_flags(*command(app, "serve", "serve the desk", [&] { return serve(config); }), config);

  baijin::DemoWish demo_wish;
  auto* demo = command(app, "demo", "fill an empty desk with a lively vendor and serve it",
                       [&] { return baijin::demo(config, demo_wish); });
  add_serving_flags(*demo, config);
  demo->add_option("--tickets", demo_wish.tickets, "how many")
      ->check(CLI::Range(1, 100'000'000))
      ->capture_default_str();
  demo->add_option("--seed", demo_wish.seed, "another seed, another desk")->capture_default_str();
  demo->add_flag("--fill-only", demo_wish.fill_only, "fill, and do not serve");

  command(app, "migrate", "bring the database to this program's schema",
          [&] { return migrate(config); });

  std::string what = "openapi";
  auto* openapi = app.add_subcommand("openapi", "print the API's description");
  openapi->add_flag_callback("--routes", [&] { what = "routes"; }, "the routes and their rights");
  openapi->add_flag_callback("--events", [&] { what = "events"; }, "the kinds of events");
  openapi->add_flag_callback("--rights", [&] { what = "rights"; }, "the rights");
  openapi->callback([&] { chosen = [&] { return baijin::describe(what); }; });

  auto* user = app.add_subcommand("user", "people of the desk");
  user->require_subcommand(1);
  baijin::PersonWish person;
  auto* user_add = command(*user, "add", "add a member of staff; the password comes on standard input",
                           [&] { return add_person(config, person); });
  user_add->add_option("login", person.login)->required();
  user_add->add_option("--name", person.name, "as shown to colleagues and customers");
  user_add->add_option("--email", person.email);
  user_add->add_option("--role", person.role, "a role's key")->capture_default_str();

  baijin::TokenWish token_wish;
  auto* token = command(app, "token", "make an API token for a person and print it once",
                        [&] { return make_token(config, token_wish); });
  token->add_option("--user", token_wish.login, "whose rights it has")->required();
  token->add_option("--name", token_wish.name)->capture_default_str();
  token->add_option("--days", token_wish.days, "until it expires")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  token->add_option("--scope", token_wish.scopes, "rights it is limited to; may be repeated");

  std::string path;
  auto with_file = [&](CLI::App* added) { added->add_option("file", path)->required(); };
  with_file(command(app, "backup", "a consistent copy of everything, while the desk is in use",
                    [&] { return back_up(config, path); }));
  with_file(command(app, "restore", "put a backup into an empty directory or database",
                    [&] { return restore(config, path); }));
  with_file(command(app, "export", "everything as sorted JSON lines, the same on both engines",
                    [&] { return export_desk(config, path); }));
  command(app, "check", "is everything whole: database, files, event log",
          [&] { return check(config); });

  baijin::ImportWish import_wish;
  auto* import = command(app, "import", "import records from a file: CSV or JSON lines",
                         [&] { return import_file(config, import_wish); });
  import->add_option("kind", import_wish.kind)->required()->check(CLI::IsMember({"tickets"}));
  import->add_option("file", import_wish.path)->required()->check(CLI::ExistingFile);
  import->add_flag("--dry-run", import_wish.dry_run, "say what would happen and change nothing");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : 2;
  }
  try {
    return chosen();
  } catch (const baijin::Error& error) {
    fmt::print(stderr, "baijin: {}{}{}\n", error.reason, error.detail.empty() ? "" : ": ",
               error.detail);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "baijin: {}\n", problem.what());
  }
  return 1;
}
