"""Heads of invented documents of many kinds: what is read from each, and what is left empty."""

import pytest

from archive.cleaning import clean
from archive.describing import choose, describe
from archive.describing.reading import Reading
from archive.metadata import Metadata

PROSE = (
    "会议认为，今年以来各项工作取得了新的进展，成绩来之不易，值得充分肯定。要坚持问题导向，补短板、强弱项，推动各项任务落到实处。"
)
HANT_PROSE = (
    "今年以來各項工作都有新的進展，成績得來不易，值得充分肯定。各單位要堅持問題導向，補短板、強弱項，推動各項任務落到實處。"
)


def read(raw: str) -> Metadata:
    """Describe the first document of a plain text."""
    return choose(describe(Reading(raw, clean(raw)[0]))).metadata


def stated(metadata: Metadata) -> dict[str, object]:
    """The fields that are not empty, as strings; publication and language left out."""
    fields = {name: getattr(metadata, name) for name in ("title", "speaker", "date", "place", "event", "organ", "kind")}
    return {name: value if isinstance(value, tuple) else str(value) for name, value in fields.items() if value}


DOCUMENTS = [
    pytest.param(
        f"在全县春季农业生产现场会上的讲话\n县委副书记、县长 李文清\n（2018年3月16日）\n同志们：\n{PROSE}",
        {
            "title": "在全县春季农业生产现场会上的讲话",
            "speaker": ("李文清",),
            "date": "2018-03-16",
            "event": "全县春季农业生产现场会",
            "kind": "speech",
        },
        id="speech of a county",
    ),
    pytest.param(
        f"在市委工作会议上的讲话（节选）\n\n中共邵阳市委书记  方　明\n\n二〇〇八年十二月二十六日\n\n{PROSE}",
        {
            "title": "在市委工作会议上的讲话（节选）",
            "speaker": ("方明",),
            "date": "2008-12-26",
            "place": "邵阳",
            "event": "市委工作会议",
            "organ": "中共邵阳市委",
            "kind": "speech",
        },
        id="party secretary, Chinese numerals",
    ),
    pytest.param(
        f"陈建国：在全市安全生产电视电话会议上的讲话（全文6000字）\n同志们：\n{PROSE}",
        {
            "title": "在全市安全生产电视电话会议上的讲话",
            "speaker": ("陈建国",),
            "event": "全市安全生产电视电话会议",
            "kind": "speech",
        },
        id="title of an uploader",
    ),
    pytest.param(
        "政府工作报告\n——2015年1月20日在云和县第十五届人民代表大会第四次会议上\n县长 叶小华\n各位代表：\n现在"
        f"，我代表县人民政府向大会作政府工作报告，请予审议。\n{PROSE}",
        {
            "title": "政府工作报告",
            "speaker": ("叶小华",),
            "date": "2015-01-20",
            "place": "云和",
            "event": "云和县第十五届人民代表大会第四次会议",
            "kind": "report",
        },
        id="report of a county government",
    ),
    pytest.param(
        "关于2016年国民经济和社会发展计划执行情况的报告\n（2017年2月12日在某市第七届人民代表大会第一次会议上"
        f"）\n市发展和改革委员会主任  周海涛\n各位代表：\n{PROSE}",
        {
            "title": "关于2016年国民经济和社会发展计划执行情况的报告",
            "speaker": ("周海涛",),
            "date": "2017-02-12",
            "event": "某市第七届人民代表大会第一次会议",
            "kind": "report",
        },
        id="report of a commission, place unnamed",
    ),
    pytest.param(
        "我市召开防汛工作会议\n本报讯（记者 王丽）6月3日，市委副书记、市长赵志强主持召开全市防汛工作会议，安"
        f"排部署当前防汛工作。\n{PROSE}\n责任编辑：孙梅",
        {
            "title": "我市召开防汛工作会议",
            "speaker": ("赵志强",),
            "event": "全市防汛工作会议",
            "kind": "news",
        },
        id="local news",
    ),
    pytest.param(
        f"全国棉花会议在京举行\n新华社北京3月5日电（记者 刘洋）{PROSE}",
        {"title": "全国棉花会议在京举行", "date": "XXXX-03-05", "place": "北京市", "kind": "news"},
        id="news agency",
    ),
    pytest.param(
        f"人民公社巡礼\n《江河日报》（1958年9月12日 第2版）\n{PROSE}",
        {"title": "人民公社巡礼"},
        id="newspaper page",
    ),
    pytest.param(
        f"乡村教师的坚守\n原创 某某发布 某某发布 2021-05-04 08:30\n{PROSE}\n来源：某某教育\n编辑：何苗\n阅读 1024",
        {"title": "乡村教师的坚守"},
        id="WeChat article",
    ),
    pytest.param(
        f"国务院关于表彰先进集体的决定\n国发〔1999〕12号\n各省、自治区、直辖市人民政府：\n{PROSE}\n国务院\n一九九九年九月二十八日",
        {
            "title": "国务院关于表彰先进集体的决定",
            "date": "1999-09-28",
            "organ": "国务院",
            "kind": "other",
        },
        id="decision with a signature",
    ),
    pytest.param(
        "浙江省人民政府办公厅关于做好\n夏粮收购工作的通知\n浙政办发〔2012〕55号\n各市、县（市、区）人民政府，"
        "省政府直属各单位：\n"
        f"{PROSE}\n浙江省人民政府办公厅\n2012年5月30日\n（此件公开发布）",
        {
            "title": "浙江省人民政府办公厅关于做好夏粮收购工作的通知",
            "date": "2012-05-30",
            "place": "浙江省",
            "organ": "浙江省人民政府办公厅",
            "kind": "other",
        },
        id="notice with a wrapped title",
    ),
    pytest.param(
        f"教育部对政协会议第0123号提案的答复\n教提案〔2020〕7号\n张委员：\n{PROSE}\n教育部\n2020年9月2日",
        {"title": "教育部对政协会议第0123号提案的答复", "date": "2020-09-02", "organ": "教育部", "kind": "letter"},
        id="reply to a proposal",
    ),
    pytest.param(
        f"致全市人民的一封信\n亲爱的市民朋友们：\n{PROSE}\n高淳区疫情防控指挥部\n2022年3月20日",
        {
            "title": "致全市人民的一封信",
            "date": "2022-03-20",
            "place": "高淳",
            "organ": "高淳区疫情防控指挥部",
            "kind": "letter",
        },
        id="open letter",
    ),
    pytest.param(
        "湖州市养老服务条例\n"
        "（2019年8月30日湖州市第八届人民代表大会常务委员会第二十次会议通过　2019年9月27日浙江省第十三届人民代"
        "表大会常务委员会第十四次会议批准）\n"
        "第一章 总则\n第一条 为了规范养老服务，制定本条例。",
        {
            "title": "湖州市养老服务条例",
            "date": "2019-09-27",
            "place": "浙江省",
            "organ": "湖州市人民代表大会常务委员会",
            "kind": "law",
        },
        id="local law, history in brackets",
    ),
    pytest.param(
        "湖南省木材运输管理办法\n第一条 为了加强木材运输管理，制定本办法。",
        {"title": "湖南省木材运输管理办法", "place": "湖南省", "kind": "law"},
        id="local rules without a history",
    ),
    pytest.param(
        "公路工程施工規則\n\n1.中華民國七十八年四月三日交通部（78）交路字第 1111  號令訂定發布全\n  文 9  條\n"
        "2.中華民國一百零二年十一月八日交通部交路字第 10250000001 號令修正發\n"
        "  布第 3、4 條條文；並自中華民國一百零三年一月一日施行\n\n第 1 條\n本規則依公路法訂定之。",
        {"title": "公路工程施工規則", "date": "2013-11-08", "organ": "交通部", "kind": "law"},
        id="Taiwanese rules, wrapped history",
    ),
    pytest.param(
        "高雄市共融遊戲場管理自治條例\n中華民國108年5月6日高雄市政府高市府工字第10830000000號令公布\n第一條 "
        "為管理遊戲場，特制定本自治條例。",
        {"title": "高雄市共融遊戲場管理自治條例", "date": "2019-05-06", "place": "高雄市", "organ": "高雄市政府", "kind": "law"},
        id="Taiwanese local law",
    ),
    pytest.param(
        "財政委員會第3次全體委員會議紀錄\n時　　間　中華民國一百零五年三月十日（星期四）九時至十二時\n地　　"
        "點　本院群賢樓九樓大禮堂\n"
        f"主　　席　林委員大同\n主席：現在開會。\n{HANT_PROSE}",
        {
            "title": "財政委員會第3次全體委員會議紀錄",
            "date": "2016-03-10",
            "event": "財政委員會第3次全體委員會議",
            "organ": "財政委員會",
            "kind": "meeting",
        },
        id="Taiwanese committee",
    ),
    pytest.param(
        f"關於都市更新的座談會紀錄\n時間：民國97年6月5日下午2時\n地點：新竹市文化中心\n主持人：陳美華\n{HANT_PROSE}",
        {
            "title": "關於都市更新的座談會紀錄",
            "date": "2008-06-05",
            "place": "新竹市",
            "event": "關於都市更新的座談會",
            "kind": "meeting",
        },
        id="minutes with labels",
    ),
    pytest.param(
        f"# 2022-07-08 數位平權工作會議\n\n### 林小明：\n{HANT_PROSE}\n\n### 王大華：\n謝謝。",
        {"title": "2022-07-08 數位平權工作會議", "date": "2022-07-08", "event": "數位平權工作會議", "kind": "meeting"},
        id="transcript with turns",
    ),
    pytest.param(
        f"會議過程正式紀錄\n1999年5月26日星期三\n下午2時30分會議開始\n出席議員：\n{HANT_PROSE}",
        {"title": "會議過程正式紀錄", "date": "1999-05-26", "kind": "meeting"},
        id="proceedings of a chamber",
    ),
    pytest.param(
        "行政長官在香港總商會午餐會的致辭\n以下是行政長官今日（五月十八日）在午餐會的致辭全文：\n主席先生、各"
        f"位嘉賓：\n{HANT_PROSE}",
        {"title": "行政長官在香港總商會午餐會的致辭", "date": "XXXX-05-18", "kind": "speech"},
        id="Hong Kong address",
    ),
    pytest.param(
        "专访农学家吴国良：把论文写在田野上\n受访者：吴国良\n记者：沈倩\n问：您为什么选择育种？\n答：小时候挨"
        f"过饿。\n问：最难的是什么？\n答：时间。\n{PROSE}",
        {"title": "专访农学家吴国良：把论文写在田野上", "speaker": ("吴国良",), "kind": "interview"},
        id="interview",
    ),
    pytest.param(
        f"学习新发展理念 推动高质量发展\n主讲人：郑文博\n时间：2019年11月5日\n地点：中共湖州市委党校\n各位学员：\n{PROSE}",
        {"title": "学习新发展理念 推动高质量发展", "speaker": ("郑文博",), "date": "2019-11-05", "place": "湖州", "kind": "speech"},
        id="party-school lecture",
    ),
    pytest.param(
        "江苏省南京市鼓楼区人民法院\n民事判决书\n（2014）鼓民初字第1234号\n原告：张某，女，汉族。\n被告：李某，男，汉族。\n"
        f"{PROSE}\n审判长 钱进\n二〇一四年六月十一日\n书记员 冯春",
        {
            "title": "江苏省南京市鼓楼区人民法院民事判决书",
            "date": "2014-06-11",
            "place": "鼓楼区",
            "organ": "江苏省南京市鼓楼区人民法院",
            "kind": "other",
        },
        id="court decision",
    ),
    pytest.param(
        "中华人民共和国国务院令\n第888号\n"
        "《湿地水鸟观测规定》已经2011年4月6日国务院第150次常务会议通过，现予公布，自2011年6月1日起施行。\n总理　　某某某\n"
        f"二〇一一年四月十八日\n湿地水鸟观测规定\n第一条 为了规范观测，制定本规定。\n{PROSE}",
        {"title": "湿地水鸟观测规定", "date": "2011-04-18", "organ": "国务院", "kind": "law"},
        id="decree with its regulation",
    ),
    pytest.param(
        "索引号：11330000/2018-0001\n发文机关：衢州市人民政府\n成文日期：2018年2月9日\n"
        f"标题：衢州市人民政府关于命名文明单位的通报\n发文字号：衢政发〔2018〕3号\n发布日期：2018年2月14日\n{PROSE}",
        {
            "title": "衢州市人民政府关于命名文明单位的通报",
            "date": "2018-02-09",
            "place": "衢州",
            "organ": "衢州市人民政府",
            "kind": "other",
        },
        id="government portal, table of properties",
    ),
    pytest.param(
        "当前位置：首页 > 年鉴 > 常德年鉴 > 2015 > 特载\n在市委经济工作会议上的讲话（摘要）\n"
        f"来源：市史志办  日期：2016-03-02\n中共常德市委书记 石坚\n20141228\n{PROSE}",
        {
            "title": "在市委经济工作会议上的讲话（摘要）",
            "speaker": ("石坚",),
            "date": "2014-12-28",
            "place": "常德",
            "event": "市委经济工作会议",
            "organ": "中共常德市委",
            "kind": "speech",
        },
        id="yearbook page, compact date",
    ),
    pytest.param(
        f"在农村工作会议上的讲话\n县长 汤伟\n2013111\n{PROSE}",
        {
            "title": "在农村工作会议上的讲话",
            "speaker": ("汤伟",),
            "date": "2013",
            "event": "农村工作会议",
            "kind": "speech",
        },
        id="digits with two readings",
    ),
    pytest.param(
        f"2022年市委经济工作会议上的讲话\n同志们：\n{PROSE}",
        {"title": "2022年市委经济工作会议上的讲话", "event": "2022年市委经济工作会议", "kind": "speech"},
        id="year that is planned for",
    ),
    pytest.param(
        f"在2019年度工作总结表彰大会上的讲话\n同志们：\n{PROSE}",
        {"title": "在2019年度工作总结表彰大会上的讲话", "event": "2019年度工作总结表彰大会", "kind": "speech"},
        id="year that is looked back on",
    ),
    pytest.param(
        f"{PROSE}\n{PROSE}",
        {},
        id="prose alone",
    ),
    pytest.param(
        "春日偶题\n刘江\n东风吹雨过江村，\n柳色青青不到门。\n\n秋夜\n王山\n月落乌啼霜满屋，\n灯残人静夜无声。",
        {},
        id="poems of several authors",
    ),
    pytest.param(
        f"主席，就議員的質詢，現答覆如下：\n{HANT_PROSE}",
        {"kind": "speech"},
        id="reply in a chamber",
    ),
    pytest.param(
        f"第十一届全国妇女联合会执行委员会第二次会议听取和审议了工作报告。{PROSE}",
        {"event": "第十一届全国妇女联合会执行委员会第二次会议", "organ": "全国妇女联合会执行委员会"},
        id="resolution without a title",
    ),
    pytest.param(
        f"关于加强基层治理的调研报告\n作者：宋佳 韩磊\n单位：某大学公共管理学院\n{PROSE}",
        {"title": "关于加强基层治理的调研报告", "speaker": ("宋佳", "韩磊"), "kind": "report"},
        id="study with two authors",
    ),
    pytest.param(
        "自治区党委常委会召开会议\n2月11日，自治区党委书记巴特尔·乌恩主持召开党委常委会会议，传达学习有关精神"
        f"。\n{PROSE}\n记者：谢军\n编辑：罗敏",
        {"title": "自治区党委常委会召开会议", "date": "XXXX-02-11", "event": "党委常委会会议", "kind": "news"},
        id="name of another people in a report",
    ),
    pytest.param(
        "西藏自治区人民政府工作报告\n——2009年1月14日在西藏自治区第九届人民代表大会第二次会议上\n自治区主席 旦"
        f"增罗布\n各位代表：\n{PROSE}",
        {
            "title": "西藏自治区人民政府工作报告",
            "speaker": ("旦增罗布",),
            "date": "2009-01-14",
            "place": "西藏自治区",
            "event": "西藏自治区第九届人民代表大会第二次会议",
            "organ": "西藏自治区人民政府",
            "kind": "report",
        },
        id="Tibetan name",
    ),
    pytest.param(
        f"在慶祝大會上的講話\n總統 歐陽明德\n中華民國五十三年十月十日\n各位同胞：\n{HANT_PROSE}",
        {"title": "在慶祝大會上的講話", "speaker": ("歐陽明德",), "date": "1964-10-10", "event": "慶祝大會", "kind": "speech"},
        id="surname of two characters, era of the republic",
    ),
    pytest.param(
        f"胡志远在全省教育大会上的讲话\n（１９８５年６月１０日）\n{PROSE}",
        {
            "title": "胡志远在全省教育大会上的讲话",
            "speaker": ("胡志远",),
            "date": "1985-06-10",
            "event": "全省教育大会",
            "kind": "speech",
        },
        id="speaker in the title, full-width digits",
    ),
    pytest.param(
        f"关于修改选举细则的决定\n（1986 年 12 月 2 日第六届某省人民代表大会常务委员会第二十次会议通过）\n{PROSE}",
        {
            "title": "关于修改选举细则的决定",
            "date": "1986-12-02",
            "event": "第六届某省人民代表大会常务委员会第二十次会议",
            "organ": "某省人民代表大会常务委员会",
            "kind": "other",
        },
        id="decision adopted by a congress",
    ),
    pytest.param(
        f"编辑部的话\n{PROSE}\n主任 是一个职务。",
        {"title": "编辑部的话"},
        id="short first line",
    ),
]


@pytest.mark.parametrize(("raw", "expected"), DOCUMENTS)
def test_document_is_described(raw: str, expected: dict[str, object]) -> None:
    expected = {name: value for name, value in expected.items() if value is not None}
    assert stated(read(raw)) == expected
