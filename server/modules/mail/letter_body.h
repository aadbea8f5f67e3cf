#pragma once
// Pure: a letter's body as a message of a ticket. What was quoted and the signature are left out
// (the letter itself is kept whole); images inside point at files; the sanitiser has the last word
// (security.md X1–X6).
#include <map>
#include <optional>
#include <string>

#include "mime/message.h"

namespace baijin::mail {

struct LetterBody {
  std::string html;     // sanitised, at most 100,000 characters; "" when there is no text
  bool folded = false;  // something was left out
};

// `files` by content id: what an inline image's address becomes ("cid:file-17").
LetterBody body_of(const mime::Message& letter,
                   const std::map<std::string, std::string, std::less<>>& files);

// The same without leaving anything out: for looking at the whole letter. An inline image's address
// becomes that of its part: "cid:part-2" is the second of the letter's attachments.
std::string whole_body_of(const mime::Message& letter);

// What an image is by its bytes, of those that every browser shows and none runs: "image/png";
// "" for anything else (A1).
std::string_view picture_type(std::string_view bytes);

}  // namespace baijin::mail
