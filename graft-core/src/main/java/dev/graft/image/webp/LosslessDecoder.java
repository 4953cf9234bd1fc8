package dev.graft.image.webp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The lossless bitstream (RFC 9649, section 3): pixels as alpha, red, green and blue in an int, 0xAARRGGBB. */
final class LosslessDecoder {
    /** Bytes before the bitstream proper: a signature, and dimensions. */
    static final int HEADER_BYTES = 5;

    private static final int SIGNATURE = 0x2F;
    private static final int GREEN_SYMBOLS = 256 + 24;

    /**
     * The 120 nearest places above and to the left, in the order of their codes (section 3.5.2.2): rows up in the upper four
     * bits, and 8 less the columns to the left in the lower.
     */
    private static final byte[] NEAR = HexFormat.of()
            .parseHex("1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c03"
                    + "5759131d565a232d444c555b333d68026769121e666a222e545c434d656b323e78017779535d111f"
                    + "646c424e767a212f757b313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

    private final BitReader reader;

    private LosslessDecoder(BitReader reader) {
        this.reader = reader;
    }

    /** The dimensions that the first bytes tell: width and height. */
    static int[] dimensions(byte[] data, int begin, int end) throws IOException {
        BitReader reader = new BitReader(data, begin, end);
        int signature = reader.read(8);
        int width = 1 + reader.read(14);
        int height = 1 + reader.read(14);
        reader.read(1);
        if (signature != SIGNATURE || reader.read(3) != 0) {
            throw new IOException("no lossless picture");
        }
        return new int[] {width, height};
    }

    /** Decodes the bitstream behind the header, or one that has none because the dimensions are known. */
    static int[] decode(byte[] data, int begin, int end, int width, int height) throws IOException {
        return new LosslessDecoder(new BitReader(data, begin, end)).picture(width, height);
    }

    private int[] picture(int width, int height) throws IOException {
        List<LosslessTransform> transforms = new ArrayList<>();
        int codedWidth = width;
        int kinds = 0;
        while (reader.flag()) {
            int kind = reader.read(2);
            if ((kinds >> kind & 1) == 1) {
                throw new IOException("a transform twice");
            }
            kinds |= 1 << kind;
            LosslessTransform transform = transform(kind, codedWidth, height);
            transforms.add(transform);
            codedWidth = transform.codedWidth();
        }
        int[] pixels = pixels(codedWidth, height, true);
        for (int i = transforms.size() - 1; i >= 0; i--) {
            pixels = transforms.get(i).undo(pixels, height);
        }
        return pixels;
    }

    private LosslessTransform transform(int kind, int width, int height) throws IOException {
        if (kind == LosslessTransform.SUBTRACTED_GREEN) {
            return new LosslessTransform(kind, width, width, 0, new int[0]);
        }
        if (kind == LosslessTransform.INDEXED_COLORS) {
            int colors = 1 + reader.read(8);
            int bits = colors > 16 ? 0 : colors > 4 ? 1 : colors > 2 ? 2 : 3;
            int[] table = pixels(colors, 1, false);
            for (int i = 1; i < colors; i++) {
                table[i] = LosslessTransform.sum(table[i], table[i - 1]);
            }
            return new LosslessTransform(kind, width, blocks(width, bits), bits, table);
        }
        int bits = 2 + reader.read(3);
        return new LosslessTransform(
                kind, width, width, bits, pixels(blocks(width, bits), blocks(height, bits), false));
    }

    private static int blocks(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }

    /** One entropy-coded picture: the main one, or a small one that serves it. */
    private int[] pixels(int width, int height, boolean main) throws IOException {
        int cacheBits = 0;
        if (reader.flag()) {
            cacheBits = reader.read(4);
            if (cacheBits < 1 || cacheBits > 11) {
                throw new IOException("a colour cache of " + cacheBits + " bits");
            }
        }
        int groupBits = 0;
        int[] groupOf = new int[0];
        int groups = 1;
        if (main && reader.flag()) {
            groupBits = 2 + reader.read(3);
            groupOf = pixels(blocks(width, groupBits), blocks(height, groupBits), false);
            for (int i = 0; i < groupOf.length; i++) {
                groupOf[i] = groupOf[i] >> 8 & 0xFFFF;
                groups = Math.max(groups, groupOf[i] + 1);
            }
        }
        int cacheSize = cacheBits == 0 ? 0 : 1 << cacheBits;
        PrefixCode[][] codes = new PrefixCode[groups][];
        for (int i = 0; i < groups; i++) {
            codes[i] = new PrefixCode[] {
                PrefixCode.read(reader, GREEN_SYMBOLS + cacheSize),
                PrefixCode.read(reader, 256),
                PrefixCode.read(reader, 256),
                PrefixCode.read(reader, 256),
                PrefixCode.read(reader, 40)
            };
        }
        int[] into = new int[Math.multiplyExact(width, height)];
        fill(into, width, codes, groupOf, groupBits, cacheBits);
        return into;
    }

    private void fill(int[] into, int width, PrefixCode[][] codes, int[] groupOf, int groupBits, int cacheBits)
            throws IOException {
        int[] cache = new int[1 << cacheBits];
        int across = blocks(width, groupBits);
        PrefixCode[] group = codes[0];
        int cached = 0;
        int at = 0;
        int x = 0;
        int y = 0;
        while (at < into.length) {
            if (groupOf.length > 0) {
                group = codes[groupOf[(y >> groupBits) * across + (x >> groupBits)]];
            }
            int symbol = group[0].next(reader);
            int count = 1;
            if (symbol < 256) {
                int red = group[1].next(reader);
                int blue = group[2].next(reader);
                into[at] = group[3].next(reader) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < GREEN_SYMBOLS) {
                count = extended(symbol - 256);
                int distance = distance(extended(group[4].next(reader)), width);
                if (distance > at || count > into.length - at) {
                    throw new IOException("a copy of " + count + " pixels from " + distance + " before pixel " + at);
                }
                for (int i = at; i < at + count; i++) {
                    into[i] = into[i - distance];
                }
            } else {
                // Pixels enter the cache when it is asked for one; until then nobody sees it.
                for (; cached < at; cached++) {
                    cache[place(into[cached], cacheBits)] = into[cached];
                }
                into[at] = cache[symbol - GREEN_SYMBOLS];
            }
            at += count;
            x += count;
            if (x >= width) {
                y += x / width;
                x %= width;
            }
        }
    }

    private static int place(int pixel, int bits) {
        return (pixel * 0x1E35A7BD) >>> (32 - bits);
    }

    /** A length or a distance from its prefix and further bits. */
    private int extended(int prefix) throws IOException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int bits = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << bits) + reader.read(bits) + 1;
    }

    /** The lower codes of distance mean places near by, in the rows above; the others count pixels. */
    private static int distance(int code, int width) {
        if (code > NEAR.length) {
            return code - NEAR.length;
        }
        int near = NEAR[code - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 15));
    }
}
