#pragma once
// The mark by which an answer finds its ticket (security.md M1): <ticket-REF.MAC@domain> as a
// Message-ID and support+TOKEN@domain as a reply address. The MAC (128 bits, BLAKE2b with the
// desk's key) covers the ticket, the recipient, the domain and the nonce, so it can neither be made
// up nor moved to another ticket or person. There is one format; no other is ever accepted. Letters
// are lower case and any case is read, because mail servers change it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baijin::mime {

inline constexpr std::size_t reference_key_bytes = 32;

// A Message-ID without < >: "ticket-17-NONCE.MAC@desk.example". `recipient` is the address the mail
// goes to; the nonce makes each one unique: 8 to 32 bytes of chance. Throws std::invalid_argument
// for a key or a nonce of another length, a ticket below 1, a domain that is none.
std::string make_reference(std::string_view key, std::int64_t ticket, std::string_view recipient,
                           std::string_view domain, std::string_view nonce);

// "support+TOKEN@domain" out of the mailbox "support@domain"; the same one for each mail to this
// person about this ticket. Empty when the local part would be longer than 64 characters.
std::string make_reply_address(std::string_view key, std::int64_t ticket,
                               std::string_view recipient, std::string_view mailbox);

// The ticket that `text` names with a genuine MAC made for `recipient`: text is a Message-ID, an
// address, or a whole header with several (the last genuine one wins). Compared in constant time.
std::optional<std::int64_t> read_reference(std::string_view key, std::string_view text,
                                           std::string_view recipient);

// Tickets that the text *claims* to be about, unproven, each once, at most 20: whom they were made
// for is then asked with read_reference for each participant of that ticket. A claim that no
// participant proves is worth nothing.
std::vector<std::int64_t> claimed_tickets(std::string_view text);

}  // namespace baijin::mime
