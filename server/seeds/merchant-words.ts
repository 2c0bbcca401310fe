// Words for the names of sample merchants. All firms are invented; a likeness to a real one is chance.

/** Auspicious words that open a shop's name. */
export const luckyWords = words(
  `福满 鑫源 万家 顺发 聚鑫 宏运 金穗 瑞祥 永兴 德顺 广源 和顺 吉庆 丰泽 天顺 隆兴 兴旺 百顺 益民 惠民
   利民 便民 好邻 佳和 家家 福临 四季 春晖 北国 冰城 丁香 松江 雪原 榆荫 龙滨 江畔 暖阳 晴雪 红满 双喜
   老街 里弄 邻里 东升 大顺 同福 喜来 日升 月满 千里 五谷 久久 盛源 恒丰 裕民 康宁 长青 诚信 正阳`,
);

/** Invented brands for chains; none is meant to be a real firm. */
export const brandWords = words(
  `雪原惠 松岸佳 江畔里 冰凌花 丁香惠 北檐 晴雪记 榆荫 六花 霁北 滨雪 松烟 柳岸惠 云杉 白桦里 冬青坊 小雪人
   雁归 塔头 北岸集 椴树 苔原 稠李 岚松 霜叶 鹤野 碧松 雾凇里 暖炉 麦垄`,
);

/** Frequent surnames. A contact is a surname and 示例, so that no real person is meant. */
export const surnames = words(
  `王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许
   傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆
   郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文`,
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
