// Mail read and written on one core: 3 kB messages, Chinese and English (issue 4 §5).
#include <benchmark/benchmark.h>

#include "mime/letter.h"
#include "mime/nature.h"
#include "mime/quoted.h"
#include "mime/read.h"
#include "mime/reference.h"
#include "mime/wire.h"

namespace {

using namespace baijin;
using namespace baijin::mime;

constexpr std::string_view chinese =
    "您好，我们三号生产线上的可编程控制器今天上午十点左右开始频繁报警，重启以后大约二十分钟又会出现"
    "同样的情况，"
    "请尽快安排工程师远程查看。\n";
constexpr std::string_view english =
    "Hello, the controller of line three has been raising alarms since ten this morning; after a "
    "restart it takes about twenty minutes until it happens again. Please have a look.\n";

Letter letter(bool in_chinese, bool with_html) {
  Letter made;
  made.from = {"服务台", "support@desk.example", {}, true};
  made.to = {{"王芳", "wf@customer.cn", {}, true}};
  made.subject = "答复：三号线控制器频繁报警 [2026-4831-9207]";
  while (made.text.size() < 2'200) made.text += in_chinese ? chinese : english;
  if (with_html) made.html = "<p>" + made.text + "</p>";
  made.history = {"2026-01-04 王芳 写道：", std::string(chinese), {}};
  made.sent_at = {1'767'578'400'000'000};
  made.zone_minutes = 480;
  made.message_id = "ticket-17-abc.def@desk.example";
  made.in_reply_to = "q@customer.cn";
  made.references = {"p@customer.cn", "q@customer.cn"};
  return made;
}

void read(benchmark::State& state, bool in_chinese, bool with_html) {
  const auto bytes = compose_message(letter(in_chinese, with_html));
  for (auto _ : state) benchmark::DoNotOptimize(read_message(bytes));
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK_CAPTURE(read, chinese_text, true, false);
BENCHMARK_CAPTURE(read, english_text, false, false);
BENCHMARK_CAPTURE(read, chinese_html, true, true);

// All that is done with a message between the wire and the ticket.
void take_in(benchmark::State& state, bool in_chinese, bool with_html) {
  const auto bytes = compose_message(letter(in_chinese, with_html));
  const std::string key(reference_key_bytes, 'k');
  for (auto _ : state) {
    const auto message = from_wire(to_wire(read_message(bytes)));
    benchmark::DoNotOptimize(judge(message));
    benchmark::DoNotOptimize(fold_text(message.text));
    benchmark::DoNotOptimize(fold_html(message.html));
    benchmark::DoNotOptimize(read_reference(key, message.message_id, "wf@customer.cn"));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(take_in, chinese_text, true, false);
BENCHMARK_CAPTURE(take_in, english_text, false, false);
BENCHMARK_CAPTURE(take_in, chinese_html, true, true);

void compose(benchmark::State& state, bool in_chinese, bool with_html) {
  const auto made = letter(in_chinese, with_html);
  for (auto _ : state) benchmark::DoNotOptimize(compose_message(made));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(compose, chinese_text, true, false);
BENCHMARK_CAPTURE(compose, english_text, false, false);
BENCHMARK_CAPTURE(compose, chinese_html, true, true);

void compose_with_file(benchmark::State& state) {
  auto made = letter(true, true);
  made.attachments = {{"运行日志.bin", "application/octet-stream", {}, std::string(1 << 20, 'x')}};
  for (auto _ : state) benchmark::DoNotOptimize(compose_message(made));
  state.SetBytesProcessed(state.iterations() * (1 << 20));
}
BENCHMARK(compose_with_file);

void make_mark(benchmark::State& state) {
  const std::string key(reference_key_bytes, 'k');
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_reference(key, 17, "wf@customer.cn", "desk.example", "12345678"));
  }
}
BENCHMARK(make_mark);

}  // namespace

BENCHMARK_MAIN();
