#include "modules/search/search.h"

#include "hub/module.h"
#include "testing/desk.h"

namespace baijin::search {
namespace {

// A record of the test's own: seen by its owner, or by whoever sees all.
struct Paper {
  Id<Paper> id;
  Version version;
  std::int64_t owner = 0;
  std::string title;
};
FIELDS(Paper, id, version, owner, title)
TABLE(Paper, "paper", "papers")

void install_papers(Module& m) {
  m.right("papers.read", "See papers");
  constexpr std::string_view owns = "{t}.owner = $user";
  m.record<Paper>({owns, owns, owns, "TRUE", "", "", ""}, "papers.read");
  m.event<Paper>("papers.written", "papers.read");
}

class Search : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install}, {"papers", install_papers}},
                 "CREATE TABLE papers (id {id}, version BIGINT NOT NULL, owner BIGINT NOT NULL, "
                 "title TEXT NOT NULL);");
    all = desk->sign_in(desk->staff(Scope::all, {"search.use", "papers.read"}, 1));
    own = desk->sign_in(desk->staff(Scope::own, {"search.use", "papers.read"}, 7));
    blind = desk->sign_in(desk->staff(Scope::all, {"search.use"}, 8));
    searchable_customers([](Reader& reader) {
      return std::vector<Id<customers::Customer>>{{reader.actor().contact.value}};
    });
    customer = desk->sign_in(desk->contact(17, {"search.use", "papers.read"}));
  }
  void TearDown() override { searchable_customers(nullptr); }

  std::int64_t written(const std::string& title, const std::string& text, std::int64_t owner = 1,
                       std::optional<std::int64_t> of_customer = {}, bool staff_only = false) {
    std::int64_t id = 0;
    desk->change([&](Change& change) {
      Paper paper;
      paper.owner = owner;
      paper.title = title;
      change.add(paper);
      id = paper.id.value;
      Entry entry{{"paper", id}, {}, staff_only, change.now(), title, text};
      if (of_customer) entry.customer = Id<customers::Customer>{*of_customer};
      put(change, entry);
      change.tell("papers.written", paper);
    });
    return id;
  }
  std::vector<std::int64_t> found(const std::string& query, const std::string& token,
                                  const std::string& more = {}) {
    std::string encoded;
    for (char c : query) {
      constexpr std::string_view hex = "0123456789ABCDEF";
      encoded += '%';
      encoded += hex[static_cast<unsigned char>(c) >> 4];
      encoded += hex[static_cast<unsigned char>(c) & 15];
    }
    last = desk->get("/search?q=" + encoded + more, token);
    EXPECT_EQ(last.status, 200) << query << last.body;
    std::vector<std::int64_t> ids;
    if (last.status != 200) return ids;
    const auto items = last.at("items");
    for (const auto& item : items.as_array()) {
      ids.push_back(std::stoll(std::string(item.at("ref").as_string()).substr(6)));
    }
    return ids;
  }
  using List = std::vector<std::int64_t>;

  testing::Desk* desk = nullptr;
  std::string all, own, blind, customer;
  testing::Answer last;
};
BAIJIN_ON_BOTH_ENGINES(Search)

TEST_P(Search, KNO_2_FindsTwoCharacterWordsAndLatinOnes) {
  auto first = written("报表打印", "打印时软件崩溃，错误代码 E-1042");
  auto second = written("Upgrade", "The SERVER upgrade failed at 软件 安装");
  EXPECT_EQ(found("崩溃", all), (List{first}));
  EXPECT_EQ(found("软件崩溃", all), (List{first}));
  EXPECT_EQ(found("崩溃 打印", all), (List{first})) << "in any order";
  EXPECT_EQ(found("软件", all), (List{second, first})) << "newest first";
  EXPECT_EQ(found("件崩", all), (List{first}));
  EXPECT_EQ(found("server", all), (List{second}));
  EXPECT_EQ(found("upgr", all), (List{second})) << "the last word may be unfinished";
  EXPECT_EQ(found("e-1042", all), (List{first}));
  EXPECT_EQ(found("ＵＰＧＲＡＤＥ", all), (List{second})) << "folded";
  EXPECT_EQ(found("崩溃 upgrade", all), List{});
  EXPECT_EQ(found("安", all), (List{second}));
}

TEST_P(Search, ReplacingAndDroppingChangeWhatIsFound) {
  auto id = written("alpha", "one");
  desk->change([&](Change& change) {
    auto paper = change.take(Id<Paper>{id});
    put(change, {{"paper", id}, {}, false, change.now(), "beta", "two"});
    change.tell("papers.written", paper);
  });
  EXPECT_EQ(found("alpha", all), List{});
  EXPECT_EQ(found("beta two", all), (List{id}));
  desk->change([&](Change& change) {
    auto paper = change.take(Id<Paper>{id});
    drop(change, {"paper", id});
    drop(change, {"paper", id});
    change.tell("papers.written", paper);
  });
  EXPECT_EQ(found("beta", all), List{});
}

TEST_P(Search, PLT_3_Z3_GivesOnlyWhatTheActorSees) {
  written("secret plan", "of user one", 1);
  auto mine = written("secret diary", "of user seven", 7);
  EXPECT_EQ(found("secret", own, "&count=true"), (List{mine}));
  EXPECT_EQ(last.at("total").to_number<int>(), 1);
  EXPECT_TRUE(last.at("next").is_null());
  EXPECT_EQ(found("secret", all).size(), 2U);
  EXPECT_EQ(found("secret", blind, "&count=true"), List{});
  EXPECT_EQ(last.at("total").to_number<int>(), 0);
  EXPECT_EQ(desk->get("/search?q=secret").status, 401);
}

TEST_P(Search, PLT_3_CustomersFindTheirOwnOnly) {
  auto theirs = written("printer", "for seventeen", 1, 17);
  written("printer", "internal about seventeen", 1, 17, true);
  written("printer", "for eighteen", 1, 18);
  auto everybodys = written("printer driver", "for all", 1);
  written("printer price", "internal for all", 1, {}, true);
  EXPECT_EQ(found("printer", customer, "&count=true"), (List{everybodys, theirs}));
  EXPECT_EQ(last.at("total").to_number<int>(), 2);
  EXPECT_EQ(found("c18p", customer), List{});
  EXPECT_EQ(found("everyone", customer), List{});
}

TEST_P(Search, PagesWithoutHolesOrDoubles) {
  List ids;
  for (int i = 0; i < 45; ++i) {
    // Every third is somebody else's, so that pages must look further.
    auto id = written("page", "number " + std::to_string(i), i % 3 == 0 ? 1 : 7);
    if (i % 3 != 0) ids.insert(ids.begin(), id);
  }
  for (auto order : {"newest", "relevance"}) {
    List walked;
    std::string cursor;
    do {
      auto page = found("page", own, std::string("&limit=7&order=") + order + cursor);
      walked.insert(walked.end(), page.begin(), page.end());
      auto next = last.at("next");
      cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
    } while (!cursor.empty());
    EXPECT_EQ(walked, ids) << order;
  }
}

TEST_P(Search, RelevancePutsTitlesFirst) {
  auto in_title = written("network cable", "torn");
  auto in_text = written("question", "about the network");
  EXPECT_EQ(found("network", all, "&order=relevance"), (List{in_title, in_text}));
  EXPECT_EQ(found("network", all), (List{in_text, in_title}));
}

TEST_P(Search, FindsNumbersPhonesAndAddresses) {
  auto id = written("2026-4831-9207 call", "ring 138-1234 5678 or mail li.wei@example.cn");
  for (auto query : {"13812345678", "138 1234 5678", "+86 138 1234 5678", "2026-4831-9207",
                     "202648319207", "2026-4831", "li.wei@example.cn", "example.cn"}) {
    EXPECT_EQ(found(query, all), (List{id})) << query;
  }
  EXPECT_EQ(found("13812345679", all), List{});
}

TEST_P(Search, I2_QueriesAreDataNotALanguage) {
  written("plain", "words");
  for (auto hostile : {"\"", "'", "*", "a*b", "NEAR(a b)", "title:plain", "-words", "(", "^plain",
                       "plain OR nothing", "%", "_", "a\\", "'); --", "plain AND", "| & ! <->",
                       ":*", "\xE2\x80\x9C", "{title} : x"}) {
    found(hostile, all);
  }
  EXPECT_EQ(found("plain OR nothing", all), List{});
  EXPECT_EQ(found("%", all), List{});
  for (auto bad : {"", "?limit=5", "?q=a&limit=0", "?q=a&limit=51", "?q=a&kinds=user_secrets",
                   "?q=a&cursor=zzz", "?q=a&order=best", "?q=a&sort=id"}) {
    EXPECT_EQ(desk->get(std::string("/search") + bad, all).status, 400) << bad;
  }
}

TEST_P(Search, MarksMatchesInCodePoints) {
  written("打印 报表", "昨天起报表不能打印");
  found("报表", all);
  EXPECT_EQ(last.at("items.0.title_matches.0.begin").to_number<int>(), 3);
  EXPECT_EQ(last.at("items.0.title_matches.0.end").to_number<int>(), 5);
  EXPECT_EQ(last.at("items.0.snippet_matches.0.begin").to_number<int>(), 3);
}

TEST_P(Search, FindsWhatIsLikeAText) {
  auto first = written("报表打印时软件崩溃", ""), second = written("打印报表软件崩溃了", "");
  auto foreign = written("软件崩溃", "", 7), other = written("网络不通", "软件崩溃");
  auto like = [&](const Actor& actor, std::int64_t except) {
    std::vector<std::int64_t> ids;
    RequestContext context;
    desk->hub().read_as(actor, context, [&](Reader& reader) {
      ids = similar(reader, "paper", "报表打印时软件崩溃", except, 5);
    });
    return ids;
  };
  auto sees_all = desk->staff(Scope::all, {"search.use", "papers.read"}, 1);
  EXPECT_EQ(like(sees_all, first), (std::vector<std::int64_t>{foreign, second}));
  EXPECT_EQ(like(sees_all, 0).front(), first) << "what shares most comes first";
  auto sees_own = desk->staff(Scope::own, {"search.use", "papers.read"}, 7);
  EXPECT_EQ(like(sees_own, first), (std::vector<std::int64_t>{foreign}));
  (void)other;
}

}  // namespace
}  // namespace baijin::search
