// The passwords people choose first, as data: found in every collection of stolen ones, those of
// Chinese keyboards and habits (我爱你 woaini, 一生一世 1314, 520, dates, pinyin of names) included.
#include "modules/accounts/passwords.h"

namespace baijin::accounts {

const std::string_view common_passwords = R"(
12345678 123456789 1234567890 0123456789 0987654321 987654321 87654321 9876543210 123123123
123321123 12344321 1234554321 123454321 12341234 123412345 12345612 123456123 123456123456
1234567891 12345678910 1234567899 123456789a 123456789q 123456789z 123456789abc 123456789qq
123456789.. 123456789. 123456780 12345679 123456788 1234567800 12345678a 12345678q 12345678z
12345678aa 12345678abc 1234567a 1234567q 1234567z 1234567aa 123456aa 123456ab 123456abc 123456aaa
123456as 123456asd 123456qq 123456qw 123456qwe 123456qwerty 123456zx 123456zxc 123456abcd 123456asdf
123456zz 123456xx 123456ww 123456ss 123456dd 123456cc 123456mm 123456ll 123456yy 123456lj 123456wj
123456ly 123456zy 123456xy 123456hh 123456jj 123456ok 123456.. 123456.a 12345abc 12345abcd 12345qwe
12345qwert 12345asd 12345zxc 1234abcd 1234asdf 1234qwer 1234qwerasdf 1234rewq 1234zxcv 123abc123
123abc456 123abc789 123asd123 123qwe123 123qweasd 123qweasdzxc 123qwerty 123qaz123 123zxc123
123password 123admin 123woaini 123698745 1236987450 12369874 14725836 147258369 1472583690 147852369
159357159 159753123 159753456 159753852 15935728 159357456 1593572580 11111111 111111111 1111111111
111111111111 11112222 111222333 1112223334 11223344 1122334455 112233445566 11221122 112211221122
11111111a 1111111a 1111aaaa 111111aa 111111qq 11111aaaaa 22222222 222222222 33333333 333333333
44444444 55555555 555555555 5555555555 66666666 666666666 6666666666 66668888 6666668888 77777777
777777777 88888888 888888888 8888888888 88886666 88889999 99999999 999999999 9999999999 99998888
00000000 000000000 0000000000 000000000000 10101010 12121212 121212121 13131313 1313131313 1314520
13145200 1314520520 13145201314 13141314 131413141314 1314521 13145211 52013140 5201314520 52013145
520131415 5201314a 520520520 52052052 520520520520 5201314a. 5201314aa 5211314521 52113144 521521521
584131421 5841314520 5841314521 5845201314 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2
1qazxsw23edc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5 1q1q1q1q 1qa2ws3ed 1qaz1qaz 1qaz!qaz
1qaz@wsx 1qaz2wsx! 2wsx3edc 2wsx1qaz 3edc4rfv 4rfv5tgb 5tgb6yhn 6yhn7ujm 7ujm8ik, zaq12wsx zaq1xsw2
zaq1zaq1 zaq1@wsx !qaz2wsx !qaz@wsx !qaz1qaz !@#$%^&* !@#$%^&*( !@#$%^&*() !@#$qwer !@#$1234
1234!@#$ 123!@#qwe 123qwe!@# qwe123!@# !@#123qwe q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qq123456
qq12345678 qq123456789 qq1234567 qq123123 qq5201314 qq1314520 qq111111 qq112233 qq123456..
q123456789 q12345678 q1234567 a1234567 a12345678 a123456789 a1234567890 a123456a a12345678a
a123123123 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a5201314 a1314520 a11111111 aa123456 aa12345678 aa123456789
aa1234567 aa123123 aa112233 aa5201314 aa123456. aa123456! aaa123456 aaaa1111 aaaa1234 aaa111222
aaa12345 aaa123123 aaaaaa123 aaaaaa11 abc12345 abc123456 abc1234567 abc12345678 abc123456789
abc123123 abc123abc abc123!@# abc123!! abcd1234 abcd12345 abcd123456 abcd1234! abcd4321 abcd123!
abcabc123 abcdef123 abcde12345 abcdefg1 abcdefg123 abcdefgh abcdefghi abcdefghij abcdef12 asd12345
asd123456 asd123123 asd123asd asdasd123 asdasd12 asdf1234 asdf12345 asdf123456 asdfasdf asdfghjk
asdfghjkl asdfghjkl; asdfgh123 asdfgh12 asdfg123 asdfg12345 asdf123! as123456 as12345678 as123456789
asdqwe123 asdzxc123 asdzxcqwe az123456 az12345678 aq1sw2de3 aqwzsxedc zxc12345 zxc123456 zxc123123
zxc123zxc zxcasdqwe zxcasdqwe123 zxczxc123 zxcv1234 zxcv12345 zxcv123456 zxcvbnm1 zxcvbnm12
zxcvbnm123 zxcvbnm, zxcvbnm,./ zxcvbnma zxcvb12345 zx123456 zz123456 zzz123456 qaz12345 qaz123456
qaz123wsx qazqaz123 qazwsx12 qazwsx123 qazwsxed qazwsxedc qazwsxedc123 qazwsxedcrfv qazxsw123
qazxswedc qazxsw21 qwe12345 qwe123456 qwe123123 qwe123qwe qwe123asd qweasd123 qweasdzxc qweasdzxc123
qweasd12 qweqwe123 qweqweqwe qwer1234 qwer12345 qwer123456 qwer1234! qwer4321 qwerasdf qwerasdfzxcv
qwerqwer qwert123 qwert1234 qwert12345 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
qwerty11 qwerty1! qwertyui qwertyuio qwertyuiop qwertyuiop123 qwertyuiop1 qwertyqwerty qwaszx12
qwaszx123 qw123456 qw12345678 w1234567 w12345678 w123456789 ww123456 www123456 www123123 woaini11
woaini12 woaini123 woaini1234 woaini12345 woaini123456 woaini520 woaini521 woaini1314 woaini13
woaini1314520 woaini5201314 woaini111 woaini00 woaini88 woaini99 woaini789 woaini666 woaini999
woaini888 woaini110 woaini100 woaini101 woaini10000nian woainima woaini1988 woaini1990 woainiwoaini
woainilaopo woainilaogong woainimama woaini... woaini.. woailaopo woailaogong woaiwojia woaiwomama
woaimama woaibaba woaibabamama woaimm123 woaimeinv woaiziji woaizhongguo woaiwoziji woshinibaba
woshishui woshiwo123 woshitiancai woshizhu woshizhu123 woshiren woshinidie woxihuanni wobuaini
wozuishuai wodemima wodemima123 wodeshijie wodeshengri wodeaini nishizhu nishizhu123 nihao123
nihao1234 nihao123456 nihaoma123 nihaoma1 nihaonihao nicaicai nicaibudao niaiwoma nimabibi
caonima123 caonima1 caonimabi caonima520 caonima. caonima.. wocaonima tianxiawudi tiantian123
tiantianxiangshang tianshi123 tianya123 tiankong123 xiaoxiao123 xiaoxiao xiaobao123 xiaoming123
xiaohong123 xiaowei123 xiaolong123 xiaoqiang xiaohua123 xiaoyu123 xiaotian xiaojie123 xiaofeng123
xiaobai123 xiaomi123 xiaozhu123 laopo123 laogong123 laopo520 laogong520 laopolaogong laopowoaini
laogongwoaini aiqing123 aini1314 aini1314520 aini5201314 ainiyiwannian ainiyishengyishi ai5201314
i5201314 iloveyou iloveyou1 iloveyou2 iloveyou12 iloveyou123 iloveyou520 iloveyou1314 iloveyou!
iloveu123 iloveu1314 iloveu520 ilovechina ilovemyfamily ilovegod zhang123 zhang1234 zhang123456
zhangwei zhangwei123 zhangjie zhangjie123 zhanglei zhangmin zhangjing zhangyan zhangyang zhangpeng
zhangchao zhanghao zhangqiang zhangli123 wangwei1 wangwei123 wangjun123 wangyang wangyang123
wangjing wanglei123 wanglei1 wangpeng wangchao wangqiang wangbing wanghao123 wang1234 wang123456
liwei123 lijun123 lilei123 liming123 lixiang123 lixiaolong liu123456 liuwei123 liuyang123 liuyang1
liujie123 liuchang chen123456 chenjie123 chenwei123 chenchen chenlong yang1234 yangyang yangyang123
yangwei123 zhao123456 zhaowei123 zhou123456 wu123456 xu123456 sun123456 ma123456 zhu123456 hu123456
guo12345 lin123456 huang123456 huanghuang he123456 gao123456 li123456 li12345678 wangli123 lihong123
weiwei123 weiwei520 feifei123 feifei520 tingting tingting123 lele1234 lingling lingling123 jingjing
jingjing123 dongdong dongdong123 longlong longlong123 yuanyuan yuanyuan123 mingming mingming123
tiantian huanhuan huanhuan123 panpan123 meimei123 beibei123 baobao123 baobei123 baobei520 baobei1314
baobaobeibei lulu1234 nana1234 niuniu123 password passw0rd p@ssword p@ssw0rd p@55w0rd pa55word
pa$$word pa$$w0rd passwd123 password! password1 password2 password3 password9 password01 password12
password123 password1234 password12345 password123! password1! password@1 password@123 passw0rd1
passw0rd123 passw0rd! p@ssw0rd1 p@ssw0rd123 p@ssw0rd! p@ssword1 p@ssword123 p@$$w0rd password0
password00 password11 password22 password99 password88 password66 password2020 password2021
password2022 password2023 password2024 password2025 password2026 password. mypassword mypassword1
mypass123 thepassword newpassword newpassword1 newpass1 oldpassword secret123 secret12 topsecret
letmein1 letmein12 letmein123 letmein! welcome1 welcome12 welcome123 welcome1234 welcome! welcome1!
welcome@1 welcome@123 welcome01 welcome2020 welcome2021 welcome2022 welcome2023 welcome2024
welcome2025 welcome2026 changeme changeme1 changeme123 changeme! changeit defaultpass default1
default123 administrator admin123 admin1234 admin12345 admin123456 admin12345678 admin123! admin@123
admin@1234 admin!@# admin888 admin8888 admin666 admin111 admin999 adminadmin admin000 admin001
admin2020 admin2021 admin2022 admin2023 admin2024 admin2025 admin2026 admin!23 admin#123
administrator1 root1234 root12345 root123456 rootroot toor1234 root@123 root123! test1234 test12345
test123456 test123! testtest testing1 testing123 test@123 tester123 test1test guest123 guest1234
guestguest user1234 user12345 user123456 useruser user@123 demo1234 demo12345 demodemo demo@123
master123 master12 master1234 system123 system32 manager1 manager123 oracle123 mysql123 postgres
postgres1 postgres123 server123 network1 internet internet1 computer computer1 computer123 security
security1 security123 access123 access14 support1 support123 service1 service123 helpdesk helpdesk1
helpdesk123 hotline1 baijin123 baijin1234 baijin123456 baijinbaijin platinum platinum1 platinum123
company123 office123 windows1 windows7 windows10 microsoft google123 facebook facebook1 baidu123
baidu.com tencent123 tencent1 taobao123 taobao.com alibaba1 alibaba123 weixin123 wechat123 huawei123
huawei@123 huawei12#$ xiaomi1234 lenovo123 iphone123 samsung1 samsung123 football football1 baseball
baseball1 basketball sunshine sunshine1 princess princess1 dragon123 dragon12 monkey123 monkey12
shadow123 shadow12 michael1 michael123 jordan23 jordan123 kobe2424 superman superman1 batman123
batman12 starwars starwars1 pokemon1 pokemon123 charlie1 charlie123 jennifer jennifer1 jessica1
jessica123 michelle michelle1 danielle daniel12 daniel123 thomas123 ashley12 ashley123 andrew123
anthony1 matthew1 joshua12 joshua123 robert123 william1 jonathan benjamin samantha nicholas
alexander alexandra elizabeth stephanie christian christopher victoria veronica patricia isabella
gabriel1 fernando antonio1 giovanni liverpool liverpool1 chelsea1 arsenal1 barcelona barcelona1
realmadrid manchester juventus1 bayern123 yankees1 lakers24 cowboys1 mustang1 corvette porsche1
ferrari1 mercedes mercedes1 yamaha123 harley123 kawasaki toyota123 butterfly chocolate chocolate1
strawberry blueberry cheesecake elephant dolphin1 dolphins rainbow1 rainbow123 flower123 sunflower
lovelove lovelove1 loveyou1 loveyou123 lovely123 loveme123 loveforever forever1 foreverlove babygirl
babygirl1 babyboy1 sweetheart sweetie1 beautiful beautiful1 handsome friends1 friendship bestfriend
family123 mother123 father123 brother1 sister123 children jesus123 jesuschrist jesus777 heaven123
angel123 angels123 blessed1 faith123 trustno1 trustno11 whatever whatever1 nothing1 something
anything everything freedom1 freedom123 hello123 hello1234 hello12345 hello123! hellohello
helloworld helloworld1 helloworld123 goodluck goodluck1 goodbye1 happy123 happy1234 happyday
summer12 summer123 summer2020 summer2021 summer2022 summer2023 summer2024 summer2025 summer2026
winter123 winter2020 winter2021 winter2022 winter2023 winter2024 winter2025 winter2026 spring123
spring2024 spring2025 spring2026 autumn123 autumn2024 autumn2025 autumn2026 january1 february
november december december1 september october1 monday123 friday123 sunday123 blink182 slipknot
metallica nirvana1 greenday eminem123 rockstar rockstar1 playboy1 pussycat hunter123 hunter12
killer123 killer12 ranger123 soccer12 soccer123 hockey123 tennis123 golfer123 cookie123 cookie12
pepper123 ginger123 tigger123 tigger12 buster123 bailey123 maggie123 snoopy123 peanut123 scooter1
patches1 midnight midnight1 phoenix1 phoenix123 warrior1 warriors assassin minecraft minecraft1
fortnite fortnite1 counterstrike playstation nintendo nintendo1 zelda123 naruto123 naruto12
dragonball onepiece onepiece1 sasuke123 spiderman spiderman1 ironman123 matrix123 gateway1 einstein
mozart123 beethoven scarface godfather pa55w0rd passpass letmein00 access12 q1q1q1q1 z1x2c3v4
z1x2c3v4b5 zxcvasdf zxcvzxcv qwqwqwqw asasasas zxzxzxzx abababab ababababab abc111111
)";

const std::string_view common_stems = R"(
a aa aaa ab abc abcd abcde abcdef abcdefg admin administrator aini ainiyou angel as asd asdasd asdf
asdfg asdfgh asdfghjkl az baby bailian baijin baobao baobei beijing bigbang boss caonima changcheng
chelsea chen chengdu china chongqing computer daniel default demo demo123 desk dragon engineer
family feifei fengyun flower forever friend fuck fuckyou gongsi guangzhou guest guo hahaha haha
hangzhou happy hello helloworld helpdesk hongkong huang huawei hunter i iloveyou iloveu jiang jiayou
jessica jesus jordan killer kefu king laogong laopo lei letmein li liang lihao lin liu liuxing long
love loveyou lovely lucky ly lyh manager master mima michael monkey mother mypassword nanjing nihao
nihaoma nima nimabi niuniu office oracle p@ssw0rd p@ssword pass passw0rd passwd password pokemon
princess q qaz qazwsx qiang qq qqqq qw qwe qweasd qweqwe qwer qwert qwerty qwertyui qwertyuiop root
samsung secret server service shanghai shadow shenzhen shouhou shuai spring star summer sun sunshine
super superman support system taobao tencent test test1 tester tian tianjin tianshi tiantian tianxia
user wang wangyi wei weixin welcome windows winter woaini woaiwo wodemima woshi woshishen woshiwo
wuhan wx xiao xiaobai xiaohei xiaolong xiaomi xiaoming xiaoxiao xiaoyu xu yang yangyang yuan z zaq
zhang zhanghao zhao zhongguo zhou zhu zx zxc zxcv zxcvb zxcvbn zxcvbnm zz
)";

const std::string_view common_endings = R"(
0 00 000 0000 00000 000000 01 001 007 02 06 07 08 09 1 10 100 1000 10000 100200 101 1010 11 110 111
1111 11111 111111 1111111 11111111 112 1122 112233 11223344 119 12 120 121 1212 121212 123 1230
123000 1231 12312 123123 123123123 1232 123321 1234 1234! 12345 123456 1234560 1234567 12345678
123456789 1234567890 12345679 1234321 1234554321 123654 123789 123abc 123qwe 13 1314 131420 1314520
1314521 13579 14 147 147258 147258369 147852 15 159 159357 159753 16 163 168 168168 17 18 188 19
1949 1970 1975 1976 1977 1978 1979 1980 1981 1982 1983 1984 1985 1986 1987 1988 1989 1990 1991 1992
1993 1994 1995 1996 1997 1998 1999 1q2w3e 1qaz2wsx 2 20 200 2000 2001 2002 2003 2004 2005 2006 2007
2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027
21 211 22 222 2222 222222 23 234 24 25 258 258369 26 27 28 29 3 30 31 321 321321 33 333 3333 333333
3344 33445566 369 4 42 44 444 444444 456 456456 456789 4321 5 50 520 5200 520123 5201314 520520 521
5211314 521521 54321 55 555 5555 555555 5566 584520 6 654321 66 666 6666 66666 666666 6688 668 67
678 68 69 6969 7 70 75 76 77 777 7777 777777 7758258 7758521 78 789 789456 789456123 79 8 80 81 82
83 84 85 86 87 88 888 8888 88888 888888 88888888 89 9 90 91 911 92 93 94 95 951753 96 963 963852741
97 98 987 987654 987654321 99 999 9999 99999 999999 ! !! !!! !@# !@#$ !1 1! 12! 123! 123# 123$ 123.
123.. 123456! 123456. 123456a 123@ @123 @1234 @123456 @1 @2020 @2021 @2022 @2023 @2024 @2025 @2026
#123 #1 . .. ... .123 .com .cn _123 _1 a aa aaa abc abcd asd qwe zxc com cn net q qq x xx z zz
)";

const std::string_view keyboard_runs = R"(
01234567890 09876543210 abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba `1234567890-=
qwertyuiop[] asdfghjkl;' zxcvbnm,./ ~!@#$%^&*()_+ poiuytrewq lkjhgfdsa mnbvcxz
qwertyuiopasdfghjklzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm qazwsxedcrfvtgbyhnujm 1q2w3e4r5t6y7u8i9o0p
q1w2e3r4t5y6u7i8o9p0 a1b2c3d4e5f6g7h8i9j0 !qaz@wsx#edc$rfv%tgb 0okm9ijn8uhb7ygv 147258369 369258147
159357 741852963 963852741 789456123 321654987 112233445566778899 998877665544332211
111222333444555666777888999 aabbccddeeffgghhiijj aaabbbcccdddeeefff
)";

}  // namespace baijin::accounts
