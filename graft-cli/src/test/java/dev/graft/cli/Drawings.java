package dev.graft.cli;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Image files for tests. */
final class Drawings {
    private Drawings() {}

    /** Writes a grey PNG file with the folders above it. */
    static Path png(Path file, Image image) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    /** Writes a folder for each class, one PNG file for each image. */
    static Path folder(Path root, LabeledImages data) throws IOException {
        for (int i = 0; i < data.size(); i++) {
            png(root.resolve(data.classNames().get(data.label(i))).resolve(i + ".png"), data.image(i));
        }
        return root;
    }
}
