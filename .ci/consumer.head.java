import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

/** The ten lines of the README between drawn photographs and eight threads. */
public final class TenLines {
    public static void main(String[] args) throws Exception {
        LabeledImages drawn = Shapes.draw(200, 5);
        for (int i = 0; i < drawn.size(); i++) {
            write(Path.of("photos", drawn.classNames().get(drawn.label(i)), i + ".png"), drawn.image(i));
        }
        write(Path.of("one.png"), drawn.image(0));

