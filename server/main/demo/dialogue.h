#pragma once
// Conversations the demo plays, as texts that people can write and read:
//
//   @ fault licence cad,pdm S3 I4 phone,email    type, category, product families or "any",
//                                                severity and impact or "-", channels
//   = the subject
//   t tags
//   C customer   K hotline   E engineer   L duty manager   N internal note
//   D diagnosis  O original parameters  B backup  S solution  T passed test  F failed test
//   A place of an appointment   W waits for the customer   P waits for a third party
//   R reason of a feedback's decision   a file's name, attached to the message before
//
// A line that begins with "+ " goes on with the one before, two blanks begin a new line of it.
// {a|b} chooses, {3-9} is a number, {who} a word of the ticket; the same braces give the same text
// throughout one conversation, so that what was said stays said.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "main/demo/dice.h"

namespace baijin::demo {

struct Utterance {
  char who = 'C';
  std::string text;
};

struct Dialogue {
  std::string service_type, category;
  std::vector<std::string> families;
  std::optional<std::string> severity, impact;
  std::vector<std::string> channels;
  std::string subject;
  std::vector<std::string> tags;
  std::vector<Utterance> lines;
  bool english = false;  // has the tag "english"
};

extern const std::string_view dialogues_of_faults, dialogues_of_questions, dialogues_of_work,
    dialogues_of_voices;

// All of them, read once. Throws std::logic_error for a text that cannot be read.
const std::vector<Dialogue>& dialogues();
std::vector<Dialogue> read_dialogues(std::string_view text);
std::vector<std::string> split(std::string_view text, char at);

// Fills the braces of one conversation.
class Wording {
 public:
  Wording(Dice dice, std::map<std::string, std::string, std::less<>> words)
      : dice_(dice), said_(std::move(words)) {}
  // Throws std::logic_error for a word nobody gave.
  std::string fill(std::string_view text);

 private:
  const std::string& value_of(std::string_view braces);
  Dice dice_;
  std::map<std::string, std::string, std::less<>> said_;
};

}  // namespace baijin::demo
