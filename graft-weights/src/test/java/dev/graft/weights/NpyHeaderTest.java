package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NpyHeaderTest {
    /** What {@code numpy.save} writes before the values of {@code numpy.zeros((3, 4), dtype='<f4')}, NumPy 2.4. */
    private static final String BY_NUMPY =
            "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c"
                    + "20277368617065273a2028332c2034292c207d" + "20".repeat(58) + "0a";

    @Test
    void itIsWhatNumpyWrites() {
        assertThat(HexFormat.of().formatHex(NpyHeader.float32(3, 4))).isEqualTo(BY_NUMPY);
    }

    @Test
    void largeShapesKeepTheValuesAligned() {
        byte[] header = NpyHeader.float32(123_456_789, 1_000_000);

        assertThat(header.length % 64).isZero();
        assertThat(new String(header, StandardCharsets.ISO_8859_1)).contains("(123456789, 1000000)");
    }
}
