#pragma once
// What reading one message may still cost (M10): every piece of work is paid for before it is done,
// so that no bomb can make the reader do more than its limits say.
#include "mime/read.h"

namespace baijin::mime {

class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits), left_(limits) {}

  // Each is false when it cannot be paid; `met` then names the first limit that was.
  bool header_bytes(std::size_t n) { return pay(left_.header_bytes, n, TooMuch::header_bytes); }
  bool header() { return pay(left_.headers, 1, TooMuch::headers); }
  bool encoded_word() { return pay(left_.encoded_words, 1, TooMuch::encoded_words); }
  bool address() { return pay(left_.addresses, 1, TooMuch::addresses); }
  bool part() { return pay(left_.parts, 1, TooMuch::parts); }
  bool decoded_bytes(std::size_t n) { return pay(left_.decoded_bytes, n, TooMuch::decoded_bytes); }
  bool text_bytes(std::size_t n) {  // no limit of the message: a longer text becomes a file
    if (n > left_.text_bytes) return false;
    left_.text_bytes -= n;
    return true;
  }
  bool depth(std::size_t deep) { return deep <= limits_.depth || meet(TooMuch::depth); }

  TooMuch met() const { return met_; }
  bool meet(TooMuch limit) {
    if (met_ == TooMuch::no) met_ = limit;
    return false;
  }

 private:
  bool pay(std::size_t& purse, std::size_t n, TooMuch limit) {
    if (n > purse) return meet(limit);
    purse -= n;
    return true;
  }

  Limits limits_;
  Limits left_;
  TooMuch met_ = TooMuch::no;
};

}  // namespace baijin::mime
