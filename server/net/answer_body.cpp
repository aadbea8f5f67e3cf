#include "net/answer_body.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/log.h"
#include "net/byte_range.h"

namespace baijin::net {
namespace {

// One turn of a big file; then the other connections have theirs.
constexpr std::int64_t file_turn = 256 * 1024;

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

void OutgoingAnswer::clear() {
  response_ = Response{};
  body_ = {};
  file_ = FileHandle();
  file_left_ = 0;
}

void OutgoingAnswer::replace(Response response) {
  response.close = response_.close;
  response_ = std::move(response);
  file_ = FileHandle();
  file_left_ = 0;
}

std::string_view OutgoingAnswer::whole_body() const {
  if (response_.shared_body) return *response_.shared_body;
  return response_.static_body.empty() ? std::string_view(response_.body) : response_.static_body;
}

void OutgoingAnswer::open_file(const AnswerTo& request) {
  file_ = FileHandle(::open(response_.file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat state {};
  if (!file_ || ::fstat(file_.get(), &state) != 0 || !S_ISREG(state.st_mode)) {
    log::error("net.file_not_readable", {{"errno", errno}});
    return replace(problem(404, "not_found"));
  }
  ByteRange range{ByteRange::Answer::whole, 0, state.st_size};
  if (request.get && response_.status == 200 && !request.range.empty()) {
    range = read_range(request.range, state.st_size);
  }
  if (range.answer == ByteRange::Answer::unsatisfiable) {
    replace(problem(416, "range_not_satisfiable"));
    response_.headers.emplace_back("Content-Range", "bytes */" + std::to_string(state.st_size));
    return;
  }
  if (range.answer == ByteRange::Answer::part) {
    response_.status = 206;
    response_.headers.emplace_back("Content-Range",
                                   "bytes " + std::to_string(range.first) + "-" +
                                       std::to_string(range.first + range.length - 1) + "/" +
                                       std::to_string(state.st_size));
  }
  response_.headers.emplace_back("Accept-Ranges", "bytes");
  file_at_ = range.first;
  file_left_ = range.length;
}

void OutgoingAnswer::prepare(Response response, const AnswerTo& request) {
  response_ = std::move(response);
  head_.clear();
  head_sent_ = 0;
  if (!response_.file.empty()) open_file(request);
  HeadWords words{std::nullopt, request.date_line, request.close, request.http_1_0};
  auto length = [this] {
    return file_ ? file_left_ : static_cast<std::int64_t>(whole_body().size());
  };
  if (!has_no_body(response_.status)) words.content_length = length();
  if (!append_head(head_, response_, words)) {
    log::error("net.bad_answer_header", {{"status", response_.status}});
    replace(problem(500, "internal"));
    head_.clear();
    words.content_length = length();
    append_head(head_, response_, words);
  }
  bool silent = request.head || has_no_body(response_.status);
  body_ = silent || file_ ? std::string_view() : whole_body();
  if (silent) file_left_ = 0;
}

OutgoingAnswer::Sent OutgoingAnswer::send(int socket) {
  while (head_sent_ < head_.size() || !body_.empty()) {
    auto sent = send_text(socket);
    if (sent != Sent::all) return sent;
  }
  return file_left_ > 0 ? send_file(socket) : Sent::all;
}

OutgoingAnswer::Sent OutgoingAnswer::send_text(int socket) {
  std::array<iovec, 2> parts;
  std::size_t count = 0;
  auto add = [&](std::string_view part) {
    if (!part.empty()) parts[count++] = {const_cast<char*>(part.data()), part.size()};
  };
  add(std::string_view(head_).substr(head_sent_));
  add(body_);
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = count;
  int more = file_left_ > 0 ? MSG_MORE : 0;
  auto written = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT | more);
  if (written < 0) {
    if (errno == EINTR) return Sent::all;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::broken;
  }
  auto of_head = std::min(static_cast<std::size_t>(written), head_.size() - head_sent_);
  head_sent_ += of_head;
  body_.remove_prefix(static_cast<std::size_t>(written) - of_head);
  return Sent::all;
}

OutgoingAnswer::Sent OutgoingAnswer::send_file(int socket) {
  off_t at = file_at_;
  auto turn = static_cast<std::size_t>(std::min(file_left_, file_turn));
  auto written = ::sendfile(socket, file_.get(), &at, turn);
  if (written < 0) return errno == EAGAIN || errno == EINTR ? Sent::some : Sent::broken;
  if (written == 0) return Sent::broken;  // the file became shorter: the promised length is a lie
  file_at_ += written;
  file_left_ -= written;
  return file_left_ > 0 ? Sent::some : Sent::all;
}

}  // namespace baijin::net
