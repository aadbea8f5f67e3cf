#include "main/demo/wishes.h"

#include "main/demo/dialogue.h"

namespace baijin::demo {
namespace {

constexpr Wish people[] = {
    {"phone", "22:00", "07:30", "answer_first", "zh-CN",
     "机房在二楼，从货梯上|服务器管理员是小吴，分机 8021", "周三上午例会，请不要打电话"},
    {"wechat", "21:00", "08:00", "answer_first", "zh-CN", "我们用的是离线安装包，外网不通",
     "请不要发语音，开会时听不了|不要拉很多人的大群"},
    {"email", "", "", "reasons_first", "zh-CN", "所有改动都要书面步骤，我要存档",
     "没有书面方案不要动服务器"},
    {"phone", "12:00", "13:30", "answer_first", "zh-CN", "我耳朵不太好，请说慢一点",
     "午休时间请不要打电话"},
    {"portal", "18:00", "08:30", "reasons_first", "zh-CN", "版本和补丁清单每次都在工单里写过了",
     "请不要再要一遍系统截图"},
    {"sms", "23:00", "06:30", "answer_first", "zh-CN", "夜班在车间，只能看短信",
     "白天补觉，8 点到 14 点不要打"},
    {"wechat", "20:30", "07:00", "answer_first", "zh-CN", "我刚接手三个月，前面的事请问王工",
     "请不要用太多英文缩写"},
    {"phone", "", "", "answer_first", "zh-CN", "叫我老陈就行", "不要一口一个“您”，听着累"},
    {"email", "19:00", "09:00", "reasons_first", "zh-CN", "邮件请抄送我们质量部存档",
     "不要在周五下午四点以后升级"},
    {"visit", "", "", "answer_first", "zh-CN", "来之前给门卫报车牌，停三号门",
     "不要穿拖鞋进车间，要穿安全鞋"},
    {"phone", "21:30", "07:30", "answer_first", "zh-CN",
     "数据库密码在信息科保险柜，只有我和主任能拿", "请不要在电话里问密码"},
    {"portal", "", "", "reasons_first", "zh-CN", "我喜欢自己先试，请给步骤，不用远程",
     "没约好请不要直接远程"},
    {"email", "18:00", "09:00", "answer_first", "en", "Our IT speaks English|We are on CET hours",
     "Please no calls without a calendar invitation"},
    {"chat", "", "", "answer_first", "en", "The plant's firewall blocks attachments over 10 MB",
     "Please do not send screenshots of text"},
};

constexpr Wish organisations[] = {
    {"email", "18:00", "08:30", "reasons_first", "zh-CN", "内网与外网隔离，补丁用光盘送",
     "任何远程都要先填申请单|不要带手机进涉密区"},
    {"phone", "", "", "answer_first", "zh-CN", "停线每分钟都算钱，先恢复再查原因",
     "生产时间不要重启服务器"},
    {"wechat", "", "", "answer_first", "zh-CN", "我们是三班倒，任何时间都有人接电话",
     "不要只找一个人，群里说一声"},
    {"email", "17:30", "09:00", "reasons_first", "zh-CN", "合同编号写在每张报告上",
     "报告不要超过两页"},
    {"portal", "", "", "answer_first", "zh-CN", "发票抬头去年十月改过，以新的为准",
     "请不要再寄纸质宣传册"},
    {"phone", "12:00", "14:00", "answer_first", "zh-CN", "夏天午休到两点", "月底三天不要安排升级"},
    {"email", "", "", "reasons_first", "en", "Headquarters signs off every change",
     "Please do not mix several topics in one ticket"},
};

constexpr DateLine dates[] = {
    {"厂庆", "每年办一天活动，送花即可，不要送酒", 9, 18},
    {"维保合同到期", "提前两个月联系续签", 12, 31},
    {"年度盘点", "三天内不要动库存模块", 12, 28},
    {"信息科主任生日", "发一条短信就很高兴", 5, 6},
    {"高温停产检修", "两周，适合安排升级和巡检", 8, 1},
    {"体系外审", "质量部很紧张，热线要随叫随到", 10, 20},
    {"新厂区投产周年", "第一套 MES 就是那天上线的", 3, 15},
    {"集团审计进场", "会查备份和权限，提前一周自查", 6, 10},
};

constexpr std::string_view notes[] = {
    "信息科只有两个人，休假季要提前约时间。",
    "老板很重视现场，上门时多拍前后对比照片。",
    "去年那次丢数据之后，对备份特别敏感，每次动手前先把备份结果发过去。",
    "财务和信息科不太对付，涉及接口的事两边都要发一份。",
    "对价格敏感，但愿意为停机时间短付钱。",
    "现场没有外网，工具和补丁要事先拷好带过去。",
    "食堂不错，十一点半前到可以在那里吃。",
    "新任厂长原来是工艺出身，讲节拍和不良率他最听得进去。",
};

void put(boost::json::object& out, const char* name, std::string_view value) {
  if (!value.empty()) out[name] = value;
}

boost::json::array list(std::string_view texts) {
  boost::json::array out;
  if (texts.empty()) return out;
  for (const auto& text : split(texts, '|')) out.emplace_back(text);
  return out;
}

}  // namespace

std::span<const Wish> wishes_of_people() { return people; }
std::span<const Wish> wishes_of_organisations() { return organisations; }
std::span<const DateLine> important_dates() { return dates; }
std::span<const std::string_view> notes_on_customers() { return notes; }

boost::json::object preferences(const Wish& wish, std::string_view form_of_address) {
  boost::json::object out;
  put(out, "channel", wish.channel);
  put(out, "quiet_from", wish.quiet_from);
  put(out, "quiet_to", wish.quiet_to);
  if (!wish.quiet_from.empty()) out["quiet_zone"] = "Asia/Shanghai";
  put(out, "form_of_address", form_of_address);
  put(out, "telling", wish.telling);
  put(out, "language", wish.language);
  out["not_to_ask_twice"] = list(wish.not_to_ask_twice);
  out["please_do_not"] = list(wish.please_do_not);
  return out;
}

}  // namespace baijin::demo
