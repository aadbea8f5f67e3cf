#include "net/imap_folder.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

namespace baijin::net {
namespace {

using Kind = ImapReply::Kind;

constexpr std::size_t ids_a_command = 200;     // a command stays well below 8 KiB
constexpr std::uint64_t first_window = 1'000;  // UIDs looked at together
constexpr std::uint64_t end_of_uids = 0x1'0000'0000;
constexpr std::size_t most_listed = 100'000;  // of one window, whatever the server says

std::uint32_t uid_of(std::string_view id) {
  std::uint32_t uid = 0;
  const auto* end = id.data() + id.size();
  const auto [stopped, wrong] = std::from_chars(id.data(), end, uid);
  if (wrong != std::errc() || stopped != end || uid == 0) {
    throw std::invalid_argument("not the UID of a message: " + std::string(id));
  }
  return uid;
}

// "UIDNEXT 17": the number of such a code, else nothing.
std::optional<std::uint32_t> code_number(const ImapReply& reply, std::string_view name) {
  if (!reply.code.starts_with(name) || reply.code.size() <= name.size() + 1) return {};
  const auto digits = std::string_view(reply.code).substr(name.size() + 1);
  std::uint32_t number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, wrong] = std::from_chars(digits.data(), end, number);
  if (wrong != std::errc() || stopped != end) return {};
  return number;
}

class ImapFolder final : public MailFolder {
 public:
  ImapFolder(const Outgoing& outgoing, const MailAccount& account, std::string_view folder,
             Steps& steps)
      : limits_(outgoing.dialler.options().limits), line_(outgoing, account, steps) {
    steps.begin("folder");
    select(folder.empty() ? "INBOX" : folder);
    steps.say(std::to_string(line_.exists()) + " messages");
  }

  std::string generation() const override { return std::to_string(uid_validity_); }
  std::vector<WaitingMail> list(std::string_view after, int most) override;
  void fetch(const std::vector<std::string>& ids, std::int64_t most_bytes, MailSink& sink) override;
  void mark_seen(const std::vector<std::string>& ids) override { store(ids, "\\Seen"); }
  void move(const std::vector<std::string>& ids, std::string_view folder) override;
  void remove(const std::vector<std::string>& ids) override;
  Woken wait(Duration longest, std::stop_token stop) override;

 private:
  void select(std::string_view folder);
  void store(const std::vector<std::string>& ids, std::string_view flag);
  void expunge(const std::vector<std::string>& ids);
  bool is_there(std::string_view folder);
  // Calls with the ids as sets for commands: "3,4,17".
  void each_set(const std::vector<std::string>& ids,
                const std::function<void(const std::string& set)>& work);
  std::vector<WaitingMail> window(std::uint64_t first, std::uint64_t last);

  LineLimits limits_;
  ImapLine line_;
  std::uint32_t uid_validity_ = 0;
};

void ImapFolder::select(std::string_view folder) {
  const auto name = quoted(folder_on_wire(folder), "folder_missing");
  const auto hear = [&](const ImapReply& heard) {
    if (const auto number = code_number(heard, "UIDVALIDITY")) uid_validity_ = *number;
  };
  const auto reply = line_.ask("SELECT " + name, {hear});
  if (reply.word != "OK") {
    const bool missing = reply.code.starts_with("NONEXISTENT") || !is_there(folder);
    if (missing) throw LineFailure("folder_missing", reply.text);
    throw refusal_of(reply);
  }
  // Ids that are good for this connection only would make every message new every time.
  if (uid_validity_ == 0) throw LineFailure("peer_garbled", "no UIDVALIDITY");
  line_.take_news();
}

bool ImapFolder::is_there(std::string_view folder) {
  bool there = false;
  const auto hear = [&](const ImapReply& heard) {
    there = there || (heard.kind == Kind::list && heard.selectable);
  };
  line_.ask("LIST \"\" " + quoted(folder_on_wire(folder), "folder_missing"), {hear});
  return there;
}

void ImapFolder::each_set(const std::vector<std::string>& ids,
                          const std::function<void(const std::string& set)>& work) {
  for (std::size_t begin = 0; begin < ids.size(); begin += ids_a_command) {
    std::string set;
    for (auto at = begin; at < std::min(ids.size(), begin + ids_a_command); ++at) {
      set += (set.empty() ? "" : ",") + std::to_string(uid_of(ids[at]));
    }
    work(set);
  }
}

std::vector<WaitingMail> ImapFolder::window(std::uint64_t first, std::uint64_t last) {
  std::map<std::uint32_t, std::int64_t> found;
  const auto hear = [&](const ImapReply& heard) {
    if (heard.kind != Kind::fetch || !heard.uid || !heard.size) return;
    if (*heard.uid < first || *heard.uid > last) return;
    if (found.size() == most_listed) throw LineFailure("peer_too_long");
    found[*heard.uid] = *heard.size;
  };
  const auto range = std::to_string(first) + ":" + std::to_string(last);
  line_.demand("UID FETCH " + range + " (UID RFC822.SIZE)", {hear});
  std::vector<WaitingMail> list;
  for (const auto& [uid, bytes] : found) list.push_back({std::to_string(uid), bytes});
  return list;
}

// In windows of UIDs: the answer for a folder of a million messages would be one for a million.
// Where UIDs lie far apart the windows grow.
std::vector<WaitingMail> ImapFolder::list(std::string_view after, int most) {
  std::vector<WaitingMail> list;
  line_.take_news();
  if (line_.exists() == 0) return list;
  std::uint64_t highest = 0;
  const auto hear = [&](const ImapReply& heard) {
    highest = std::max<std::uint64_t>(highest, heard.uid.value_or(0));
  };
  line_.demand("UID FETCH * (UID)", {hear});
  std::uint64_t first = after.empty() ? 1 : std::uint64_t{uid_of(after)} + 1;
  for (auto width = first_window; first <= highest; width *= 2) {
    const auto last = std::min({first + width - 1, highest, end_of_uids - 1});
    for (auto& mail : window(first, last)) {
      if (list.size() == static_cast<std::size_t>(most)) return list;
      list.push_back(std::move(mail));
      width = first_window;
    }
    first = last + 1;
  }
  return list;
}

void ImapFolder::fetch(const std::vector<std::string>& ids, std::int64_t most_bytes,
                       MailSink& sink) {
  each_set(ids, [&](const std::string& set) {
    std::set<std::uint32_t> missing;
    for (const auto& id : ids) missing.insert(uid_of(id));
    std::int64_t came = 0;  // of the message under way
    const auto piece = [&](std::string_view bytes) {
      const auto room = static_cast<std::size_t>(std::max<std::int64_t>(most_bytes - came, 0));
      came += static_cast<std::int64_t>(bytes.size());
      if (room > 0) sink.piece(bytes.substr(0, room));
    };
    const auto end = [&](const ImapReply& heard) {
      if (!heard.body) return;
      if (missing.erase(heard.uid.value_or(0)) == 0) {
        throw LineFailure("peer_garbled", "a message that was not asked for");
      }
      sink.end(std::to_string(*heard.uid), *heard.body <= most_bytes);
      came = 0;
    };
    // One octet more than wanted shows that there is more.
    const auto part = "<0." + std::to_string(most_bytes + 1) + ">";
    line_.demand("UID FETCH " + set + " (UID BODY.PEEK[]" + part + ")",
                 {end, most_bytes + 1, piece});
  });
}

void ImapFolder::store(const std::vector<std::string>& ids, std::string_view flag) {
  each_set(ids, [&](const std::string& set) {
    line_.demand("UID STORE " + set + " +FLAGS.SILENT (" + std::string(flag) + ")");
  });
}

void ImapFolder::expunge(const std::vector<std::string>& ids) {
  if (!line_.can("UIDPLUS")) {
    line_.demand("EXPUNGE");
    return;
  }
  each_set(ids, [&](const std::string& set) { line_.demand("UID EXPUNGE " + set); });
}

void ImapFolder::remove(const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  store(ids, "\\Deleted");
  expunge(ids);
}

// MOVE (RFC 6851) is one step; without it a line that breaks in between leaves the message in both
// folders, and the next try puts it there again: doubled there is better than lost.
void ImapFolder::move(const std::vector<std::string>& ids, std::string_view folder) {
  const auto name = quoted(folder_on_wire(folder), "folder_missing");
  const std::string verb = line_.can("MOVE") ? "UID MOVE " : "UID COPY ";
  each_set(ids, [&](const std::string& set) {
    const auto reply = line_.ask(verb + set + " " + name);
    if (reply.word == "OK") return;
    const bool missing = reply.code.starts_with("TRYCREATE") || !is_there(folder);
    if (missing) throw LineFailure("folder_missing", reply.text);
    throw refusal_of(reply);
  });
  if (!line_.can("MOVE")) remove(ids);
}

MailFolder::Woken ImapFolder::wait(Duration longest, std::stop_token stop) {
  const auto end = Deadline::in_ms(longest.us / 1'000);
  while (true) {
    if (line_.take_news()) return Woken::news;
    if (stop.stop_requested()) return Woken::stopped;
    if (end.left_ms() == 0) return Woken::quiet;
    if (line_.can("IDLE")) {
      line_.idle(end.at_most_ms(limits_.idle_ms), stop);
    } else {
      if (line_.rest(end.at_most_ms(limits_.poll_ms), stop)) line_.demand("NOOP");
    }
  }
}

}  // namespace

std::unique_ptr<MailFolder> open_imap_folder(const Outgoing& outgoing, const MailAccount& account,
                                             std::string_view folder, Steps& steps) {
  return std::make_unique<ImapFolder>(outgoing, account, folder, steps);
}

std::vector<std::string> imap_folders(const Outgoing& outgoing, const MailAccount& account) {
  Steps steps;
  ImapLine line(outgoing, account, steps);
  std::vector<std::string> names;
  const auto hear = [&](const ImapReply& heard) {
    if (heard.kind != Kind::list || !heard.selectable) return;
    if (names.size() == most_listed) throw LineFailure("peer_too_long");
    names.push_back(folder_from_wire(heard.text));
  };
  line.demand("LIST \"\" \"*\"", {hear});
  return names;
}

}  // namespace baijin::net
