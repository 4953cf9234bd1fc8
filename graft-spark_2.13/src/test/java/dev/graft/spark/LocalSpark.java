package dev.graft.spark;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in the process of the tests, one for all of them, and rows of drawn pictures. */
final class LocalSpark {
    private LocalSpark() {}

    /** The session. */
    static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.default.parallelism", "2")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
                .getOrCreate();
    }

    /** Drawn circles and squares: {@code id}, {@code content} (PNG) and {@code label}. */
    static Dataset<Row> shapes(int count, long seed) {
        LabeledImages drawn = Shapes.draw(count, seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(
                    RowFactory.create(i, png(drawn.image(i)), drawn.classNames().get(drawn.label(i))));
        }
        return session().createDataFrame(rows, schema());
    }

    static StructType schema() {
        return new StructType()
                .add("id", DataTypes.IntegerType)
                .add("content", DataTypes.BinaryType)
                .add("label", DataTypes.StringType);
    }

    /** A picture as a PNG file has it. */
    static byte[] png(Image image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int level = image.sample(y, x, 0);
                picture.getRaster().setSample(x, y, 0, level);
            }
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream.toByteArray();
    }
}
