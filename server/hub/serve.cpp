#include "hub/serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "hub/change.h"
#include "hub/gate.h"
#include "hub/live.h"
#include "hub/metrics.h"
#include "hub/openapi.h"
#include "hub/problem.h"
#include "hub/serve_visit.h"

namespace baijin {
namespace {

constexpr std::string_view base_path = "/api/v1";
constexpr std::size_t quick_queue = 8'192, slow_queue = 256;
constexpr std::size_t longest_idempotency_key = 200;
constexpr std::int64_t most_from_anyone = 10LL << 20;  // of one upload without an account
constexpr std::string_view wrong_method_reason = "method_not_allowed";
// An answer may hold a secret shown once (a token): it is kept for replays under this seal.
constexpr std::string_view answer_purpose = "answers for idempotency keys";

std::int64_t steady_us() {
  auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::other: break;
  }
  return "OTHER";
}

bool below_base(std::string_view path) {
  return path.starts_with(base_path) &&
         (path.size() == base_path.size() || path[base_path.size()] == '/');
}

bool shows_credentials(const RequestHead& head) {
  auto shown = credentials_of(head);
  return !shown.session.empty() || !shown.bearer.empty();
}

void unseal_answer(const Keys& keys, std::string_view sealed, std::string& etag,
                   std::string& body) {
  auto kept = keys.open(answer_purpose, sealed);
  if (!kept) throw conflict("idempotency_key_reused");
  std::string_view text = *kept;
  auto line = std::min(text.find('\n'), text.size() - 1);
  etag = text.substr(0, line);
  body = text.substr(line + 1);
}

void require_json(const Route& route, const Request& request) {
  if (route.body == Body::upload || request.body.empty()) return;
  auto type = request.head.header("content-type");
  if (type != "application/json" && !type.starts_with("application/json;")) {
    throw forbidden("not_json_content_type");
  }
}

bool has_own_policy(const Response& response) {
  return std::ranges::any_of(response.headers, [](const auto& header) {
    return header.first == "Content-Security-Policy";
  });
}

// A route without input takes no parameters at all (Z5); the others look at theirs in decode.
void refuse_query(const Route& route, const Request& request) {
  if (!route.input && !request.head.query.empty()) throw invalid("unknown_parameter");
}

}  // namespace

// ── lanes ─────────────────────────────────────────────────────────────────────────────────────

Lanes::Lanes(int threads, std::size_t longest_queue) : longest_queue_(longest_queue) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
}

Lanes::~Lanes() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool Lanes::post(std::function<void()> work) {
  {
    std::lock_guard lock(mutex_);
    if (queue_.size() >= longest_queue_) return false;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void Lanes::loop() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

// ── one request ───────────────────────────────────────────────────────────────────────────────

Serve::Serve(Hub& hub, std::span<const EmbeddedPage> pages)
    : hub_(hub),
      pages_(pages, hub.options().base_url),
      openapi_(openapi_document(hub.registry())),
      guessing_(hub.clock(), hub.options().refusals_a_minute) {
  number_prefix_ = "r-" + hub.keys().random_text(6) + "-";
  int usual = hub.database().engine() == db::Engine::sqlite
                  ? static_cast<int>(std::thread::hardware_concurrency()) + 1
                  : 16;
  int quick = hub.options().quick_threads > 0 ? hub.options().quick_threads : usual;
  quick_ = std::make_unique<Lanes>(quick, quick_queue);
  slow_ = std::make_unique<Lanes>(hub.options().slow_threads, slow_queue);
}

// The lanes end what was handed to them; what the database still holds answers through this too.
Serve::~Serve() {
  quick_.reset();
  slow_.reset();
  auto& running = hub_.metrics().running;
  for (auto left = running.load(); left > 0; left = running.load()) running.wait(left);
}

std::string Serve::next_number() { return number_prefix_ + std::to_string(++counter_); }

BodyPlan Serve::plan(const RequestHead& head) {
  BodyPlan plan;
  std::vector<std::int64_t> ids;
  bool known = false;
  if (!below_base(head.path)) return plan;
  const auto* route = hub_.registry().match(
      head.method, std::string_view(head.path).substr(base_path.size()), ids, known);
  if (!route || route->body != Body::upload) return plan;
  plan.limit = hub_.options().upload_bytes;
  plan.upload_directory = hub_.blobs().incoming_directory();
  // Nobody may fill the disk: what anyone may send is small, and who shows no credentials for the
  // rest is refused before the body.
  if (route->right == "anyone") {
    plan.limit = std::min(plan.limit, most_from_anyone);
  } else if (!shows_credentials(head)) {
    plan.refusal = problem(Error(Kind::unauthenticated, "sign_in"), next_number());
    plan.refusal->fixed_headers = head.secure ? api_secure_headers() : api_headers();
  }
  return plan;
}

// HEAD is GET of which net/ sends no body.
void Serve::find_route(Visit& visit) const {
  const auto& head = visit.request.head;
  visit.api = below_base(head.path);
  if (!visit.api) return;
  visit.path = head.path.substr(base_path.size());
  auto method = head.method == Method::head ? Method::get : head.method;
  visit.route = hub_.registry().match(method, visit.path, visit.ids, visit.path_known);
}

void Serve::answer(Request request, Reply reply) {
  auto visit = std::make_shared<Visit>();
  visit->started_us = steady_us();
  visit->request = std::move(request);
  visit->reply = std::move(reply);
  visit->context->number = next_number();
  find_route(*visit);
  auto& lane = visit->route && visit->route->lane == Lane::slow ? slow_ : quick_;
  ++hub_.metrics().running;
  if (!lane->post([this, visit] { handle(visit); })) {
    finish(*visit, std::make_exception_ptr(Error(Kind::busy, "too_many_requests_waiting")));
  }
}

void Serve::handle(const std::shared_ptr<Visit>& visit) {
  auto& head = visit->request.head;
  try {
    if (!visit->api) return answer_system(*visit);
    if (visit->path == "/openapi.json" &&
        (head.method == Method::get || head.method == Method::head)) {
      visit->status = 200;
      visit->body = openapi_;
      return finish(*visit, nullptr);
    }
    if (!visit->route && visit->path_known) throw Error(Kind::invalid, wrong_method_reason);
    if (!visit->route) throw not_found();
    auto& context = *visit->context;
    context.address = head.address;
    context.user_agent = shorten(head.header("user-agent"), 200);
    context.content_type = head.header("content-type");
    context.secure = head.secure;
    context.upload = visit->request.upload;
    visit->call = visit->route->make();
    if (!visit->route->writes) return read(visit);
    require_json(*visit->route, visit->request);
    context.if_match = if_match_of(head);
    change(visit);
  } catch (...) {
    finish(*visit, std::current_exception());
  }
}

Actor Serve::who(Reader& reader, const RequestHead& head) const {
  auto shown = credentials_of(head);
  if ((shown.session.empty() && shown.bearer.empty()) || !hub_.registry().identify) return nobody();
  return hub_.registry().identify(reader, shown);
}

void Serve::read(const std::shared_ptr<Visit>& visit) {
  auto& context = *visit->context;
  hub_.read_as(program_actor(), context, [&](Reader& asking) {
    visit->actor = who(asking, visit->request.head);
    Reader reader(hub_, asking.connection(), visit->actor, context);
    pass_gate(reader, *visit->route, visit->request.head);
    refuse_query(*visit->route, visit->request);
    visit->call->decode(visit->request, visit->ids);
    visit->call->run(reader);
    encode(*visit);
  });
  if (context.read_note) {  // what leaves the house is told before it leaves (SEC-3)
    hub_.change_as(visit->actor, context, [&](Change& change) {
      change.tell_about(context.read_note->kind, context.read_note->subject, {},
                        context.read_note->more);
    });
  }
  finish(*visit, nullptr);
}

void Serve::change(const std::shared_ptr<Visit>& visit) {
  auto& request = visit->request;
  auto& context = *visit->context;
  hub_.read_as(program_actor(), context, [&](Reader& asking) {
    visit->actor = who(asking, request.head);
    Reader reader(hub_, asking.connection(), visit->actor, context);
    pass_gate(reader, *visit->route, request.head);
    refuse_query(*visit->route, request);
    visit->call->decode(request, visit->ids);
    visit->call->prepare(reader);
  });
  auto key = request.head.header("idempotency-key");
  if (!key.empty() && visit->actor.kind != ActorKind::nobody) {
    if (key.size() > longest_idempotency_key) throw invalid("out_of_range", "Idempotency-Key");
    visit->idempotency_key = key;
    visit->fingerprint = sha256_hex(std::string(method_name(request.head.method)) + " " +
                                    request.head.target + "\n" +
                                    (request.upload ? request.upload->sha256 : request.body));
  }
  hub_.change_later(
      visit->actor, visit->context,
      [this, visit](Change& change) {
        visit->replayed = !visit->idempotency_key.empty() && replay(change, *visit);
        if (visit->replayed) return;
        visit->call->run(change);
        encode(*visit);
        if (!visit->idempotency_key.empty()) remember(change, *visit);
      },
      [this, visit](std::exception_ptr problem) { finish(*visit, problem); });
}

// The same key and body: the same answer, once more. Claims the key when it is new.
bool Serve::replay(Change& change, Visit& visit) {
  auto fresh = change.keep_books(
      R"(INSERT INTO idempotency_keys (actor, key, fingerprint, status, location, body, at)
         VALUES ($1, $2, $3, 0, '', '', $4) ON CONFLICT (actor, key) DO NOTHING)",
      visit.actor.text(), visit.idempotency_key, visit.fingerprint, change.now());
  if (fresh == 1) return false;
  change.each(R"(SELECT k.fingerprint, k.status, k.location, k.body FROM idempotency_keys k
                 WHERE k.actor = $1 AND k.key = $2)",
              [&](const db::Row& row) {
                Cell cell;
                row.read(0, cell);
                if (cell.text != visit.fingerprint) throw conflict("idempotency_key_reused");
                row.read(1, cell);
                visit.status = static_cast<int>(cell.as_integer());
                row.read(2, cell);
                visit.location = cell.text;
                row.read(3, cell);
                unseal_answer(hub_.keys(), cell.text, visit.etag, visit.body);
              },
              visit.actor.text(), visit.idempotency_key);
  return true;
}

// Answers may hold what is shown only once (a new token): they are kept sealed.
void Serve::remember(Change& change, const Visit& visit) {
  change.keep_books(R"(UPDATE idempotency_keys SET status = $1, location = $2, body = $3
                       WHERE actor = $4 AND key = $5)",
                    std::int64_t{visit.status}, visit.location,
                    hub_.keys().seal(answer_purpose, visit.etag + '\n' + visit.body),
                    visit.actor.text(), visit.idempotency_key);
}

void Serve::encode(Visit& visit) const {
  const auto& call = *visit.call;
  visit.body.clear();
  if (visit.route->shape == Route::Shape::raw) return;
  visit.status = visit.context->status  ? visit.context->status
                 : visit.route->creates ? 201
                 : call.has_result()    ? 200
                                        : 204;
  if (!call.has_result()) return;
  JsonWriter out(visit.body);
  call.write(out, visit.actor.kind == ActorKind::contact || visit.actor.kind == ActorKind::nobody
                      ? Audience::customer
                      : Audience::staff);
  if (visit.route->creates && call.id() != 0) {
    visit.location = std::string(base_path) + visit.path + "/" + std::to_string(call.id());
  }
  if (auto version = call.version()) visit.etag = fmt::format("\"{}\"", version->value);
}

Response Serve::answer_of(Visit& visit) const {
  Response response;
  if (visit.context->raw) {
    response = std::move(*visit.context->raw);
    // Who says by itself what may be run and kept says all of it: two policies would be one.
    if (has_own_policy(response)) {
      response.fixed_headers = visit.request.head.secure ? download_secure_headers()
                                                         : download_headers();
    }
  } else {
    response.status = visit.status;
    response.body = std::move(visit.body);
    if (!response.body.empty()) response.headers.emplace_back("Content-Type", "application/json");
    if (!visit.location.empty()) response.headers.emplace_back("Location", visit.location);
    if (!visit.etag.empty()) response.headers.emplace_back("ETag", visit.etag);
  }
  for (auto& header : visit.context->answer_headers) response.headers.push_back(std::move(header));
  return response;
}

// Who is refused too often is told to wait (Z9). That somebody is not signed in tells nobody
// anything, so it does not count unless credentials were shown.
Response Serve::refusal(const Visit& visit, const Error& error) {
  const auto& head = visit.request.head;
  const auto& number = visit.context->number;
  if (error.reason == wrong_method_reason) {
    return wrong_method(visit.api ? hub_.registry().methods_of(visit.path) : "GET, HEAD", number);
  }
  bool tells = error.kind == Kind::not_found || error.kind == Kind::forbidden ||
               (error.kind == Kind::unauthenticated && shows_credentials(head));
  if (tells) {
    bool known = visit.actor.kind != ActorKind::nobody;
    auto wait = guessing_.refused(known ? visit.actor.text() : network_of(head.address));
    if (wait > 0) {
      Error too_many(Kind::too_many, "too_many_refusals");
      too_many.retry_after_seconds = wait;
      return problem(too_many, number);
    }
  }
  return problem(error, number);
}

void Serve::finish(Visit& visit, std::exception_ptr failure) {
  const auto& number = visit.context->number;
  Response response;
  try {
    if (failure) std::rethrow_exception(failure);
    response = answer_of(visit);
  } catch (const Error& error) {
    response = refusal(visit, error);
  } catch (const std::exception& unforeseen) {
    log::error(
        "request.failed",
        {{"request", number}, {"path", visit.request.head.path}, {"why", unforeseen.what()}});
    response = internal_problem(number);
  }
  if (response.fixed_headers.empty()) {
    response.fixed_headers = visit.request.head.secure ? api_secure_headers() : api_headers();
  }
  send(visit, std::move(response));
}

void Serve::send(Visit& visit, Response response) {
  auto took = steady_us() - visit.started_us;
  bool writes = visit.route && visit.route->writes;
  hub_.metrics().answered(response.status, writes, took);
  if (log::level() == log::Level::debug || response.status >= 500) {
    log::info("request", {{"request", visit.context->number},
                          {"method", method_name(visit.request.head.method)},
                          {"path", visit.request.head.path},
                          {"status", response.status},
                          {"actor", visit.actor.text()},
                          {"address", visit.request.head.address},
                          {"us", took}});
  }
  visit.reply(std::move(response));
  auto& running = hub_.metrics().running;
  --running;
  running.notify_all();  // from here on this Serve may be gone
}

}  // namespace baijin
