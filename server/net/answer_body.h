#pragma once
// The bytes of one answer on their way out: head and body in one gather write, files by sendfile.
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/http.h"
#include "net/answer_head.h"
#include "net/upload_file.h"

namespace baijin::net {

// What of the request the answer depends on.
struct AnswerTo {
  bool get = false;   // ranges are for GET only
  bool head = false;  // no body, though its length is told
  std::string_view range;
  std::string_view date_line;
  bool close = false;
  bool http_1_0 = false;
};

class OutgoingAnswer {
 public:
  enum class Sent { all, some, broken };  // some: wait until the socket can be written again

  // Opens the file, applies the range, writes the head. What cannot be sent becomes a 404 or 500.
  void prepare(Response response, const AnswerTo& request);
  Sent send(int socket);
  void clear();

 private:
  void open_file(const AnswerTo& request);
  void replace(Response response);
  std::string_view whole_body() const;
  Sent send_text(int socket);
  Sent send_file(int socket);

  Response response_;
  std::string head_;
  std::string_view body_;
  std::size_t head_sent_ = 0;
  FileHandle file_;
  std::int64_t file_at_ = 0;
  std::int64_t file_left_ = 0;
};

}  // namespace baijin::net
