"""Sources for tests of the benchmark, written for them: two collections, both scripts."""

from tests.benchmarks.growth import Source

SOURCES = [
    Source("meetings", "会议", "某人", "某地", ("大家好。今天开会，讨论发展经济。", "第一，谈农业；第二，谈工业。", "散会")),
    Source("meetings", "报告", "", "", ("農業發展很好！工業也發展了。", "明年 GDP 增長 5 成？不知道。")),
    Source("laws", "法律", "", "某地", ("第一条 为了发展农业，制定本法。", "第二条 本法自公布之日起施行。")),
]
