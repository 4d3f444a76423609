"""Furniture of invented sites, and sentences that merely speak of such things.

Written before the rules. Every second case of a rule is held back: it was not looked at while the rules were made, and the table of
`test_furniture_table.py` counts it apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """Something to be set into a clean text.

    Attributes:
        rule: Id of the rule that should remove it, without its family.
        place: Where it goes: H head, T tail, M middle, each as lines of its own; I inside a word group; S glued to the start of the
            first paragraph; E glued to the end of the last one.
        text: The furniture, with line ends.
        held: Whether it was held back.
    """

    rule: str
    place: str
    text: str
    held: bool


_TABLE = """
toolbar | H | 下载¶打印¶收藏¶全屏
toolbar | H | 【字号：大 中 小】 【打印】 【关闭】
toolbar | H | 字体大小：大 中 小
toolbar | H | 字體：¶小¶中¶大¶列印¶轉寄
toolbar | T | 打印本页 | 关闭窗口
toolbar | T | 【打印本頁】【關閉視窗】
toolbar | H | A+ A- 朗读 打印 收藏
toolbar | T | [打印] [关闭] [返回顶部]
toolbar | H | 【字体：大 中 小】【打印】【收藏】【朗读】
toolbar | M | 放大¶缩小¶默认¶打印
toolbar | T | 加入收藏 设为首页 打印此页
toolbar | H | 字号：T | T
toolbar | H | 友善列印 轉寄好友 字級：小 中 大
toolbar | T | 【我要打印】 【我要纠错】 【关闭】
share-bar | T | 分享到：¶微信¶微博¶QQ空间
share-bar | H | 分享:
share-bar | T | 分享至： 新浪微博 腾讯微博 人人网 QQ空间
share-bar | T | 扫一扫在手机打开当前页
share-bar | T | 扫一扫，分享到微信朋友圈
share-bar | H | 分享到 Facebook Line Twitter
share-bar | T | 用微信扫描二维码¶分享至好友和朋友圈
share-bar | T | 掃一掃在手機打開當前頁面
share-bar | T | 点赞 收藏 分享 在看
share-bar | T | 赞 (12) 踩 (0) 分享 收藏
share-bar | H | 分享至臉書¶分享至Line¶分享至X¶複製連結
share-bar | T | 微信扫一扫，使用小程序
navigation | T | 上一篇：云湖市召开防汛工作会议¶下一篇：青溪县部署秋收
navigation | T | 上一篇:没有了¶下一篇:关于印发水库巡查办法的通知
navigation | H | 首页 新闻中心 政务公开 办事服务 互动交流
navigation | T | 返回顶部
navigation | T | 首页 | 关于我们 | 联系我们 | 网站地图
navigation | T | 回首頁 | 回上一頁 | 回頂端
navigation | H | 首页¶要闻¶专题¶视频¶图片
navigation | T | 返回列表 上一条 下一条
navigation | T | 上一頁 下一頁
navigation | H | 网站首页 | 政府信息公开 | 解读回应 | 政民互动
navigation | H | 跳到主要內容區塊
navigation | T | 首页 上一页 1 2 3 下一页 尾页
navigation | H | 设为首页 加入收藏 手机版
navigation | T | ← 上一篇 | 下一篇 →
breadcrumb | H | 当前位置：首页 > 政务公开 > 领导讲话 > 正文
breadcrumb | H | 您现在的位置：首页>>新闻中心>>本地要闻
breadcrumb | H | 您的位置: 青麦文库 » 公文写作 » 讲话稿 » 正文
breadcrumb | H | 首页 > 领导之窗 > 重要讲话
breadcrumb | H | 目前位置：首頁 › 新聞中心 › 演講全文
breadcrumb | H | 首頁 / 市政新聞 / 市長講話
breadcrumb | H | 所在位置：首页 → 会议专栏 → 全会
breadcrumb | H | 首页¶>¶政府信息公开¶>¶工作报告
breadcrumb | H | 现在的位置：主页 - 范文 - 讲话稿 - 正文
breadcrumb | H | 云湖市人民政府 > 政务 > 县长信箱 > 内容
breadcrumb | S | 当前位置：首页 > 新闻 > 领导讲话 > 正文 
breadcrumb | H | 現在位置 首頁 > 公告資訊 > 新聞稿
breadcrumb | H | 青溪网>资讯>县域>正文
breadcrumb | H | 当前所在位置：首页 》党建工作 》学习资料
breadcrumb | H | 【当前位置】首页＞文秘＞讲话致辞
breadcrumb | H | 砚边文秘网 >> 范文大全 >> 会议讲话 >> 浏览文章
counter | H | 浏览次数：1234
counter | H | 阅读：56 次
counter | H | 点击数：【 2083 】
counter | T | 阅读 1.2万
counter | T | 瀏覽人次：3045
counter | H | 点击量： 77
counter | T | 已有 128 人阅读
counter | H | 訪問量：9012次
counter | H | 人气：345 评论：0
counter | T | 阅读 10万+
counter | T | 阅读量(203) 评论(0)
counter | H | 【浏览量：512】
counter | H | 點閱數：1,024
counter | T | 本文已被浏览 88 次
credit-line | H | 来源：云湖日报 日期：2021-03-04 09:15
credit-line | T | 责任编辑：郑晓禾
credit-line | T | 记者：陈砚秋¶编辑：郭小满¶审核：宋长河
credit-line | T | (责编：吕田、何清野)
credit-line | H | 發布時間：2019-05-06 來源：青溪縣政府網
credit-line | T | 【责任编辑：唐若溪】
credit-line | H | 2020-08-11 16:20 来源： 云湖市融媒体中心 作者： 梁稻生
credit-line | T | 编辑丨孙麦穗 校对丨许青禾 审核丨高望山
credit-line | T | 供稿：县委办 图片：罗小溪
credit-line | E | （记者 陈砚秋）
credit-line | E | （通讯员 何清野 郭小满）
credit-line | T | 責任編輯：鄭曉禾
credit-line | H | 发布日期：2020-11-20 发布机构：云湖市水务局
credit-line | T | 一审：吕田 二审：唐若溪 三审：高望山
credit-line | H | 文/陈砚秋 图/罗小溪
credit-line | T | 来源 | 云湖发布
credit-line | T | （来源：青溪日报）
credit-line | T | 编辑 孙麦穗
credit-line | T | 記者 陳硯秋 攝影 羅小溪
credit-line | H | 时间：¶2021-02-02 09:20¶来源：¶青溪县人民政府
credit-line | T | 撰稿：梁稻生  责编：郭小满  监制：宋长河
credit-line | H | 作者：佚名 来源：网络 更新时间：2018-3-2
credit-line | E | (责任编辑：何清野)
credit-line | H | 字号：大 中 小 来源：云湖日报 发布时间：2017年6月1日
credit-line | T | 信息来源：县政府办公室　　责任编辑：吕田
credit-line | H | 本报记者 陈砚秋 通讯员 何清野
credit-line | T | 录入：admin 责任编辑：admin
credit-line | T | 图文：县融媒体中心¶编辑：许青禾¶一校：高望山¶二校：吕田¶终审：宋长河
credit-line | H | 2022年01月06日 10:21 | 来源：云湖新闻网
credit-line | T | 文字：梁稻生；摄影：罗小溪；责编：孙麦穗
credit-line | H | 發布日期：107-05-06 發布單位：秘書處
credit-line | T | 稿源：青溪新闻网 编辑：郭小满 审核：吕田
credit-line | E | 【责任编辑：唐若溪】
credit-line | T | 作者单位：云湖市委党校¶责任编辑：何清野
credit-line | T | 值班编委：宋长河 责任编辑：许青禾 美编：罗小溪
credit-line | H | 记者：何清野  发布时间：2021-07-01 08:00:00  浏览：210
credit-line | T | 來源：青溪報　編輯：許青禾
credit-line | T | 新媒体编辑：孙麦穗
credit-line | T | 发布人：办公室 审核人：吕田
credit-line | T | 记者／陈砚秋　责编／郭小满
notice | T | 本文内容由网友自发贡献，观点仅代表作者本人，本站不承担相关法律责任。如有侵权，请联系 kefu@qmwk-example.com 删除。
notice | T | 转载请注明出处：https://www.qmwk-example.com/a/30211.html
notice | T | 声明：本站部分内容来源于网络，版权归原作者所有，如有侵权请联系我们删除。
notice | T | 免责声明：以上内容仅供参考，不代表本平台立场。
notice | H | 温馨提示：¶1. 本文档由会员上传，版权归上传者所有，青麦文库仅提供存储。¶2. 下载前请先预览，确认无误后再付费下载。¶3. 如有疑问请联系客服。¶客服QQ：20481024
notice | H | 特别提醒：¶1、本站不保证下载资源的准确性、安全性和完整性；¶2、下载文档仅供学习参考，请于24小时内删除；¶3、如遇下载失败请联系网站客服处理。
notice | T | （以上图文未经云湖市融媒体中心授权，不得转载）
notice | T | 未经许可，严禁转载！
notice | T | 本文由砚边文秘网整理发布，转载请保留链接。
notice | T | 聲明：本文內容由用戶上傳，版權歸原作者所有，如有侵權請告知本站刪除。
notice | T | 【版权声明】凡本网注明“来源：青溪新闻网”的作品，未经授权不得转载、摘编。
notice | T | 文章仅代表作者观点，不代表本网立场。
notice | T | 本文来自网络，不代表青麦文库立场，转载请注明出处。
notice | T | 版权声明：本文为“云湖发布”原创，欢迎转发，转载请联系授权。
notice | T | 以上资料由会员自行上传，如有版权问题请发邮件至 banquan@ybfw-example.net，我们会在第一时间处理。
notice | T | 本文僅代表作者個人觀點，與本站無關。
notice | T | 特别声明：以上文章内容仅代表作者本人观点，不代表本站观点或立场。¶如有关于作品内容、版权或其它问题请于作品发表后的30日内与我们联系。
notice | T | 本网站所载资料仅供学习交流，请勿用于商业用途，否则后果自负。
notice | T | 来源于网络，侵删
notice | T | 图片来源网络，如有侵权请联系删除
notice | T | 本站部分文章由网友投稿，若侵犯了您的权益，请点击举报。
notice | T | 著作權聲明：未經同意請勿轉載或以任何形式使用本站文章。
notice | H | 文档说明：本资料由青麦文库用户整理上传，如需更多资料请加QQ群 558102030。
notice | E | 本文由青麦文库整理，更多范文请访问 www.qmwk-example.com。
notice | T | 关注我们，获取更多公文写作范文。¶客服微信：ybfw2020
notice | H | 下载须知：¶① 本站资源均为网友上传，仅供交流。¶② 支付成功后无法下载的，请提供订单号联系客服。
notice | E | 转载请注明来源：砚边文秘网。
notice | T | 注：本文版权归作者所有，未经允许禁止转载。
notice | T | 本文档由网友提供，仅限参考学习，如有不妥或产生版权问题，请联系我们及时删除。
notice | T | 【免責聲明】本平台僅提供資訊存儲服務，文章觀點不代表本平台立場。
notice | E | 本文来源：https://www.ybfw-example.net/jianghua/8821.html
notice | T | 欢迎扫码关注公众号“墨田公文”，每日更新讲话稿、心得体会。
notice | T | 如果您觉得本文对您有帮助，请点击下载全文支持作者。
notice | T | 举报电话：400-000-0000 举报邮箱：jubao@qmwk-example.com 本站法律顾问：云湖律师事务所
notice | H | 欢迎来到青麦文库，本站提供海量讲话稿范文下载，请登录后使用。
notice | T | 版权所有：云湖市人民政府办公室 备案号：湘ICP备00000000号-1
notice | T | Copyright © 2010-2022 云湖日报社 版权所有 未经授权禁止复制或镜像
notice | T | 主办单位：青溪县人民政府办公室 网站标识码：4300000000 公网安备 43000000000000号
notice | T | 本頁內容為網友自行上載，不代表本網立場。
notice | T | 下载此文档请加微信 motian888，原价20元，会员免费。
notice | H | 资源简介：本文是由会员精心整理的讲话稿，可编辑，欢迎下载使用。
notice | T | 最新范文请登录砚边文秘网查阅，网址：www.ybfw-example.net
keywords | H | 温馨提示：¶1. 本文档由用户上传，下载前请预览。¶如有问题请联系客服：30741024¶{k1}¶{k2}¶{k3}¶{k4}
keywords | H | 声明：本文档由会员上传，版权归其所有，青麦文库不承担责任。¶2021¶{k1}¶{k2}¶{k3}
keywords | H | 下载提示：文档由网友上传，付费前请预览。¶{k1}¶{k2}¶{k3}¶{k4}¶{k5}
keywords | H | 聲明：本文檔由用戶上傳，請於24小時內刪除。¶{k1}¶{k2}¶{k3}¶{k4}
related | T | 相关报道：¶云湖市召开防汛会议¶青溪县长调研春耕生产
related | T | 相关阅读¶· 青溪县部署秋冬种工作¶· 云湖市启动水库清淤工程
related | T | 延伸阅读：¶青溪：一条渠的三十年¶春耕时节话农机
related | T | 【相关链接】¶防汛工作条例解读 (2021-03-04)¶水库管理办法全文 (2020-11-02)
related | T | 猜你喜欢¶在青溪县春耕动员会上的讲话¶在水利工作会议上的发言提纲
related | T | 相關報導：¶青溪縣部署秋收工作¶雲湖市啟動清淤工程
related | T | 热门推荐¶1 县长述职报告范文¶2 乡镇防汛工作总结¶3 在表彰会上的主持词
related | T | 相关文章
related | T | 相关新闻：青溪县召开水利会议 云湖市检查防汛
related | T | 你可能感興趣的文章¶水利建設座談會發言¶青溪縣農會成立
related | T | 往期回顾¶春耕备耕怎么抓¶防汛巡查看这里
related | T | 喜欢此内容的人还喜欢¶青溪：村村通自来水¶一图读懂水库管理办法
related | T | 推荐阅读：¶1、乡镇长在防汛会上的讲话¶2、水利局长表态发言
related | T | 大家都在看¶青溪县领导看望困难群众
wiki-tail | T | 本作品在全世界都属于¶公有领域¶，因为作者逝世已经超过100年。¶Public domain¶Public domain¶false¶false
wiki-tail | T | 本作品依据¶知识共享 署名-相同方式共享 4.0¶协议授权。
wiki-tail | T | 取自“https://zh.example-wiki.org/w/index.php?title=X&oldid=100”¶分类：¶1950年作品¶演讲
wiki-tail | T | 本作品屬於¶公有領域¶，因為它是政府的公務文件，依據《¶著作權法¶》第九條不得為著作權之標的。¶Public domain
wiki-tail | T | 此页面最后编辑于2019年5月3日 (星期五) 08:11。¶除非另有说明，文本内容采用知识共享协议提供。¶隐私政策¶关于本站¶免责声明
wiki-tail | T | 檢索自「https://zh.example-wiki.org/wiki/X」¶分類：¶演講¶隱藏分類：
cut-off | T | 未完待续……
cut-off | T | 点击查看全文
cut-off | T | 展开阅读全文
cut-off | T | 剩余 2380 字，付费后继续阅读
cut-off | E | ...[查看全文]
cut-off | T | 余下全文
cut-off | T | 該文檔還剩 7 頁未讀，點擊繼續閱讀
cut-off | T | （未完，全文请下载后阅读）
cut-off | E | ……（未完待续）
cut-off | T | 登录后查看剩余内容
cut-off | T | 展开全文 ∨
cut-off | T | 还有 65% 的精彩内容，开通会员后阅读全文
cut-off | T | 試閱結束，請購買後閱讀全文
cut-off | T | 内容过长，仅展示头部和尾部部分文字预览，全文请查看图片预览。
original-title | H | 原标题：云湖市召开水利工作会议
original-title | T | 原标题：青溪县长在春耕会上这样说
original-title | H | 原標題：雲湖市召開水利會議
original-title | T | （原标题《青溪县部署防汛》）
original-title | H | 原题：一条渠的三十年
original-title | T | 文章原标题：县长谈防汛
banner | I | 公众号“墨田公文”整理编辑
banner | I | 微信公众号「砚边笔记」整理
banner | I | （关注微信公众号：墨田公文，获取更多讲话稿）
banner | I | 本文来源于砚边文秘网
banner | I | 【砚边文秘网】
banner | I | 更多公文材料请访问www.qmwk-example.com
banner | I | 本文由公众号“墨田公文”收集整理
banner | I | www.ybfw-example.net
banner | I | 加微信motian888领取全套资料
banner | I | 【更多资料请加QQ群558102030】
banner | I | 公號“老農寫材料”獨家整理
banner | I | 【公众号：墨田公文】
banner | I | （本文档由青麦文库整理提供）
banner | I | 更多精品资料请关注公众号“墨田公文”
banner | I | 本資料由硯邊文秘網整理提供
banner | I | [www.qmwk-example.com]
banner | I | 【版权所有：青麦文库】
banner | I | 头条号“青溪秘书”原创首发
banner | I | 【來源：硯邊文秘網www.ybfw-example.net】
banner | I | 代写材料请加QQ：20481024
banner | I | 本文转自公文网
banner | I | 【全文共3200字，下载请关注公众号墨田公文】
banner | I | 公众号《青溪笔杆子》编辑整理
banner | I | ﹝青麦文库 https://www.qmwk-example.com﹞
banner | I | 版权所有，侵权必究
banner | I | 更多範文請登錄青麥文庫www.qmwk-example.com查閱
banner | I | 微信搜索公众号“墨田公文”
banner | I | 更多公文写作材料，尽在砚边文秘网
banner | I | （来源：公众号“墨田公文”）
banner | I | 【青麦文库www.qmwk-example.com收集整理】
page-mark | M | 第 3 页 共 12 页
page-mark | M | - 3 -
page-mark | M | 第 5 頁，共 20 頁
page-mark | M | — 4 —
page-mark | M | 第7页/共9页
page-mark | M | Page 3 of 12
page-mark | I | 第 3 页 共 12 页
page-mark | M | ·8·
page-mark | M | 页码：3/12
page-mark | M | 第二页
page-mark | M | 2 / 15
page-mark | M | 第6頁
address-line | T | https://www.qmwk-example.com/doc/30211.html
address-line | T | 原文链接：http://www.ybfw-example.net/a/1
address-line | T | 本文地址：https://www.qmwk-example.com/80682.html
address-line | T | 本文網址：https://www.ybfw-example.net/80682.html
address-line | T | 链接：www.qmwk-example.com
address-line | T | 阅读原文 http://www.qmwk-example.com/x
"""


def _cases() -> tuple[Case, ...]:
    seen: defaultdict[str, int] = defaultdict(int)
    cases = []
    for row in _TABLE.strip("\n").split("\n"):
        rule, place, text = row.split(" | ", 2)
        seen[rule] += 1
        cases.append(Case(rule, place, text.replace("¶", "\n"), seen[rule] % 2 == 0))
    return tuple(cases)


CASES = _cases()
"""Every case, in the order of the table; `{k1}` to `{k5}` stand for words of the text's title."""

CLEAN = """
要加强版权保护，严厉打击未经许可转载、摘编他人作品的侵权行为。
各县区要用好微信公众号“青溪发布”，及时发布权威信息，回应群众关切。
市纪委公众号“清风云湖”编辑发布原创稿件三百余篇，阅读量突破十万。
我们开通了政务微信公众号，群众扫一扫二维码就能办事。
会议指出，要关注公众号、短视频等新媒体平台的舆论动向。
据《云湖日报》报道，全市新增高标准农田12万亩（记者从会上了解到，其中青溪县占三成）。
详细数据请登录国家统计局网站http://www.stats.gov.cn查询。
网上申报系统（www.example-gov.cn）已于今年3月上线运行。
国内生产总值(GDP)增长5.5%，居民消费价格(CPI)上涨2%。
我国加入世贸组织(WTO)以来，进出口总额增长了10倍。
来源：从哪里来，到哪里去，这是我们必须回答的问题。
资料来源：青溪县统计年鉴
作者：这个问题问得好，我来回答。
记者：请问县长，今年的防汛形势怎么样？
编辑部的同志同我谈过这件事，我认为他们的意见是对的。
有的同志说，责任编辑要对稿件的政治方向负责，这话很有道理。
要把首页办好，把互动栏目办活，让群众愿意看、看得懂。
请大家把手机调到静音，会后扫一扫座位上的二维码填写问卷。
下面我讲三点意见，供大家参考。
以上意见仅供参考，不当之处请批评指正。
以上是我个人的观点，不代表组织的意见。
本文由三部分组成，第一部分讲形势。
本报告的数据来源于各县区上报材料。
此件公开发布
（此件公开发布）
（本文有删减）
（根据录音整理）
（掌声）
（热烈鼓掌）
各位代表：
同志们：
附件：1. 青溪县水库巡查办法
附件2
目录
一、总体要求
联系人：吕田，电话：0730-0000000
联系电话：0730-1234567
主送：各乡镇人民政府
抄送：县委办公室，县人大常委会办公室。
云湖市人民政府办公室
2020年3月10日
二〇二一年二月二日
（2020年3月10日）
主持人：宋长河
记录：许青禾
时间：2021年3月4日上午9时
地点：县政府三楼会议室
主席：请问院会，有无异议？（无）无异议，通过。
全国人大常委会委员长 宋长河
县长 高望山
高望山
1. 下载安装国家反诈中心应用程序，提醒家人共同防范。
2. 不点击来历不明的链接，不向陌生人转账。
温馨提示：汛期请勿到河道游泳。
要严肃查处网站违法违规转载新闻行为，未经授权不得转载。
著作权法规定，转载时应当注明作者姓名和作品名称。
版权所有者有权许可他人使用其作品。
依照本法规定，未经著作权人许可，复制、发行其作品的，应当承担民事责任。
第二十四条 在下列情况下使用作品，可以不经著作权人许可，不向其支付报酬。
网络服务提供者接到通知后，应当及时删除侵权内容。
平台经营者知道平台内经营者侵犯知识产权的，应当采取删除、屏蔽、断开链接等措施。
对点击量、阅读量造假的行为要坚决治理。
本站群众用水量比去年减少一成，水务站的同志做了大量工作。
本站二十四小时提供加油服务，请广大司机放心。
本网格员负责三个自然村，共有四百多户。
我站在全县率先建成了粮情测报网，受到省站表彰。
打印社保卡、下载办事指南、收藏常用服务，都可以在自助机上完成。
请把会议材料分享到工作群，让没有到会的同志也能看到。
他把首页、封面、目录都重新设计了一遍。
公众号“青溪水利”、短视频号“云湖农机”累计推送信息2000余条。
县里依托微信公众号“青溪先锋”整理编印了学习资料，发到每个支部。
青年干部要加强学习，关注国家大事，关注民生冷暖。
加强微信群、QQ群管理，群主要负起责任。
全县建立村级微信群286个，QQ群113个。
阅读100本好书、浏览1000条信息，不如亲手做一件实事。
上一篇文章里我谈了水利，下一篇准备谈谈农机。
返回顶部施工平台后，要先检查安全绳。
更多群众登录县政府网站查询政策，办事越来越方便。
更多资料请向县水利局索取。
当前位置服务产业发展很快，北斗导航应用广泛。
我们目前的位置，就是中部地区的中部。
首页>目录>正文，这是公文汇编的一般顺序。
GDP > 1000亿元的县有3个，500亿元 < GDP ≤ 1000亿元的有8个。
从县到乡到村，从村到组到户，一级抓一级。
相关链接产业要同步规划，同步建设。
相关报道引起了社会的广泛关注，县委高度重视。
延伸阅读空间，把图书室办到田间地头。
公有领域的作品可以自由使用，这是著作权法的一项原则。
| 县区 | 产值（亿元） | 增速 |
| 青溪 | 86.4 | 3.1% |
2018年	3.5	4.1
第3页表2所列数据有误，应以表4为准。
会议材料共12页，第3页附有名单。
— 一是坚持党的领导
——这是极不平凡的五年。
- 3 -5 度的低温天气
请点击报名链接填写信息，截止时间为3月10日。
请转载单位注明出处，这是对作者起码的尊重。
转载量、转发量、点赞量都创了新高。
有关单位应当在显著位置标明“广告”字样，不得以新闻报道形式变相发布广告。
关于进一步加强网络转载版权管理的通知
关于规范微信公众号信息发布的通知
关于做好政府网站首页改版工作的通知
加强版权宣传 建设创新县城
在全市网络编辑工作会议上的讲话
致全体记者编辑的一封信
责任编辑制度
我们的网站日均浏览次数：春节前8000次，春节后1万次。
編輯同志：你們好！
記者問：今年收成如何？
來源：一個地方要發展，活水從哪裡來？
請各單位轉載，並請註明出處，以利查考。
經查本案係轉載他報，並無侵害著作權之意圖。
世界貿易組織(WTO)與本國國民生產毛額(GNP)均列入統計。
本院委員吳清河等17人，針對網站未經授權轉載，提出質詢。
主席：報告院會，現在休息。
（無）無異議，照程序委員會意見辦理。
"""
"""Lines that no rule may touch, whether alone, at the head or tail of a text, or in its middle."""

CLEAN_LINES = tuple(CLEAN.strip("\n").split("\n"))
