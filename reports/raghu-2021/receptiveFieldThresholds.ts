/**
 * Above so many times the mean of the map, a centre patch dominates it: the geometric mean of the paper's last unit of
 * ResNet-50 (4.9) and last attention of ViT-B/32 (13.2), rounded.
 */
export const centreDominates = 8;
