package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"rgb8.png", "cmyk.jpg", "exif-6.jpg", "exif-8.webp", "profile.jpg", "pages.tiff", "grey.gif"})
    void contentInMemoryIsDecodedAsItsFileIs(String name) {
        Image file = ImageFiles.read(Pictures.copy(name, directory));

        assertSame(Images.read(Pictures.bytes(name), name), file);
        assertSame(Images.read(new ByteArrayInputStream(Pictures.bytes(name)), name), file);
    }

    @Test
    void aStreamStaysOpenForWhoeverOpenedIt() {
        boolean[] closed = {false};
        InputStream stream = new ByteArrayInputStream(Pictures.bytes("rgb8.png")) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        Images.read(stream, "open");

        assertThat(closed[0]).isFalse();
    }

    @Test
    void whatCannotBeDecodedIsNamed() {
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);

        refused(() -> Images.read(text, "row 17"), "row 17");
        refused(() -> Images.read(Pictures.bytes("bomb.png"), "row 18"), "row 18");
        refused(() -> Images.readAll(List.of(Pictures.bytes("rgb8.png"), text)), "picture 1");
        refused(() -> Images.readAll(Arrays.asList(Pictures.bytes("rgb8.png"), null)), "picture 1");
        refused(() -> Images.read(broken(), "row 19"), "row 19");
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
    }

    @Test
    void whatIsNullIsNamed() {
        refused(() -> Images.read((byte[]) missing(), "row 3"), "row 3");
        refused(() -> Images.read((InputStream) missing(), "row 4"), "row 4");
        refused(() -> Images.of((BufferedImage) missing(), "row 5"), "row 5");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T missing() {
        @Nullable T none = null;
        return none;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void coloursOfEveryFormStayAsTheyAre(int form) {
        BufferedImage picture = new BufferedImage(2, 1, form);
        picture.setRGB(0, 0, 0xFF0A141E);
        picture.setRGB(1, 0, 0xFFFF0064);

        assertSame(Images.of(picture), new Image(1, 2, 3, new byte[] {10, 20, 30, (byte) 255, 0, 100}));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE})
    void whatIsTransparentLiesOverBlack(int form) {
        BufferedImage picture = new BufferedImage(2, 1, form);
        picture.setRGB(0, 0, 0x80FFFFFF);
        picture.setRGB(1, 0, 0x00FFFFFF);

        assertSame(Images.of(picture), new Image(1, 2, 3, new byte[] {(byte) 128, (byte) 128, (byte) 128, 0, 0, 0}));
    }

    @Test
    void greyStaysOneChannelAndAPartOfAPictureIsThatPart() {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 3, 2, new int[] {1, 2, 3, 4, 5, 200});

        assertSame(Images.of(picture.getSubimage(1, 1, 2, 1)), new Image(1, 2, 1, new byte[] {5, (byte) 200}));
    }

    @Test
    void fractionsAreRefused() {
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        BufferedImage picture = new BufferedImage(colors, colors.createCompatibleWritableRaster(2, 2), false, null);

        refused(() -> Images.of(picture, "float"), "float");
    }

    private static void assertSame(Image found, Image expected) {
        assertThat(List.of(found.height(), found.width(), found.channels()))
                .containsExactly(expected.height(), expected.width(), expected.channels());
        assertThat(found.pixels()).isEqualTo(expected.pixels());
    }

    private static void refused(Runnable reading, String name) {
        assertThatExceptionOfType(DataException.class).isThrownBy(reading::run).withMessageContaining(name);
    }
}
