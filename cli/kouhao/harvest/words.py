"""The words around lists: office Chinese, gathered from reading reports; grammar, no slogans."""

from __future__ import annotations

VERBS = tuple(
    """
    着眼于 是否 实施 落实 坚持 加强 搭建 建设 组建 打造 实现 推进 推动 深化 聚焦 围绕 开展 做好 抓好
    强化 构建 形成 突出 完善 健全 确保 做到 通过 按照 建立 树立 树牢 把握 把好 用好 完成 制定 推出
    提升 促进 发挥 处理好 解决 破解 防止 防范 减轻 设立 成立 推行 探索 实行 采取 遵循 贯彻 践行
    走好 守住 筑牢 紧扣 做深做透 做实 做细 新增 增强 坚定 弘扬 传承 发扬 摆脱 打好 打赢 抢抓 锚定
    瞄准 立足 依托 整合 明确 部署 涵盖 覆盖 主攻 做强 做优 做大 领悟 拥护 维护 制造 反对 把 将 让
    发布 遴选 算好 讲好 办好 答好 下好 唱好 走深 走实 拓宽 严查 严守 遏制 激发 举办 印发 出台 编制
    启动 召开 配齐 配强 开设 开办 打通 畅通 争取 争创 建成 形成了 建立了 实现了 推进了 归纳为 概括为
    总结出 提炼出 倡导 大兴 狠抓 紧抓 严抓 突破 攻克 选派 创建 构筑 营造 注重 突出抓好 重点抓好
    统筹抓好 采用 宣讲 领会 把牢 扛牢 压实 拧紧 夯实 擦亮 叫响 用活 盘活 放大 彰显
    """.split()  # noqa: SIM905  a list of words reads best as words
)
"""Verbs that lead to a list: 落实责任、政策、帮扶、监管."""

ADVERBS = tuple(
    """
    全面 深入 扎实 持续 着力 大力 加快 全力 继续 认真 切实 进一步 积极 稳步 有序 更加 坚决 牢牢
    严格 不断 充分 高质量 率先 坚定不移 准确 完整 和 并 全省 全市 全区 全县 全国 我省 我市 我区
    我们 每年 滚动 连续 严肃 精心 有力 稳妥 创新性 创造性 逐步 着重 先后 陆续 将继续 必须 应当
    """.split()  # noqa: SIM905  a list of words reads best as words
)
"""Adverbs and places before such verbs."""

GOVERNING = tuple(
    """
    坚持 落实 贯彻 领悟 拥护 制造 做到 践行 推进 推动 深化 实施 开展 坚决 反对 聚焦 围绕 树牢 增强
    强化 遵守 执行 和 并
    """.split()  # noqa: SIM905  a list of words reads best as words
)
"""Words whose object the term is, so that no list before it is its expansion."""

LEADS = (
    *("即分别是", "分别是指", "主要是指", "主要包括", "具体包括", "分别包括", "具体是指", "分别是", "分别为", "是指"),
    *("即为", "即是", "包括", "包含", "分别指", "主要是", "具体为", "具体是", "也就是", "即", "指", "："),
)
"""Words between a term and the list that expands it, the longest first."""
