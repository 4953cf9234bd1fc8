package dev.graft.benchmark.choice;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.experiment.TargetSource;
import dev.graft.experiment.TargetSource.TargetData;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tasks whose images are drawn: outlines, textures, counts, places and colours. */
final class Drawings {
    private Drawings() {}

    /** Draws one image of a class. */
    @FunctionalInterface
    interface Painter {
        void paint(Graphics2D canvas, int side, int label, SplittableRandom random);
    }

    static List<ChoiceTask> tasks() {
        List<String> outlines = List.of("triangle", "square", "pentagon", "circle");
        return List.of(
                task("outlines", "digits-cnn", 28, 1, outlines, Drawings::outline),
                task("stripes", "digits-cnn", 28, 1, List.of("0", "45", "90", "135"), Drawings::stripes),
                task("dots", "digits-cnn", 28, 1, List.of("1", "2", "3", "4"), Drawings::dots),
                task("place", "digits-cnn", 28, 1, List.of("left", "right"), Drawings::place),
                task("coloured-outlines", "things", 32, 3, outlines, Drawings::colouredOutline),
                task("blobs", "things", 32, 3, List.of("red over green", "green over red"), Drawings::blobs));
    }

    private static ChoiceTask task(
            String name, String backbone, int side, int channels, List<String> classes, Painter painter) {
        TargetSource source = seed -> {
            LabeledImages all = draw(name, side, channels, classes, painter, seed);
            LabeledImages test = range(all, ChoiceTask.TRAIN, ChoiceTask.TRAIN + ChoiceTask.TEST);
            return new TargetData(range(all, 0, ChoiceTask.TRAIN), null, test, test);
        };
        return new ChoiceTask(name, backbone, source);
    }

    private static LabeledImages draw(
            String name, int side, int channels, List<String> classes, Painter painter, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7919 + name.hashCode());
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < ChoiceTask.TRAIN + ChoiceTask.TEST; i++) {
            int label = random.nextInt(classes.size());
            BufferedImage picture = new BufferedImage(
                    side, side, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
            Graphics2D canvas = picture.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            painter.paint(canvas, side, label, random);
            canvas.dispose();
            images.add(image(picture, channels));
            labels.add(label);
        }
        return MadeImages.of(name, classes, images, labels);
    }

    static LabeledImages range(LabeledImages data, int from, int to) {
        return data.subset(IntStream.range(from, to).toArray());
    }

    private static Image image(BufferedImage picture, int channels) {
        int side = picture.getWidth();
        byte[] pixels = new byte[side * side * channels];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < channels; c++) {
                    pixels[(y * side + x) * channels + c] =
                            (byte) picture.getRaster().getSample(x, y, c);
                }
            }
        }
        return new Image(side, side, channels, pixels);
    }

    private static void outline(Graphics2D canvas, int side, int label, SplittableRandom random) {
        int corners = label == 3 ? 40 : label + 3;
        double radius = random.nextDouble(side * 0.18, side * 0.36);
        double x = random.nextDouble(radius + 1, side - radius - 1);
        double y = random.nextDouble(radius + 1, side - radius - 1);
        double turn = random.nextDouble(2 * Math.PI);
        Polygon polygon = new Polygon();
        for (int i = 0; i < corners; i++) {
            double angle = turn + 2 * Math.PI * i / corners;
            polygon.addPoint(
                    (int) Math.round(x + radius * Math.cos(angle)), (int) Math.round(y + radius * Math.sin(angle)));
        }
        canvas.setStroke(new BasicStroke(1.8f));
        canvas.draw(polygon);
    }

    private static void colouredOutline(Graphics2D canvas, int side, int label, SplittableRandom random) {
        canvas.setColor(Color.getHSBColor((float) random.nextDouble(), 0.4f, 0.4f));
        canvas.fillRect(0, 0, side, side);
        canvas.setColor(Color.getHSBColor((float) random.nextDouble(), 0.6f, 1f));
        outline(canvas, side, label, random);
    }

    private static void stripes(Graphics2D canvas, int side, int label, SplittableRandom random) {
        double angle = Math.PI / 4 * label + random.nextDouble(-0.25, 0.25);
        double period = random.nextDouble(3.5, 8);
        double phase = random.nextDouble(2 * Math.PI);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double wave = Math.sin(2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle)) / period + phase);
                int grey = (int) Math.max(0, Math.min(255, 128 + 60 * wave + random.nextDouble(-110, 110)));
                canvas.setColor(new Color(grey, grey, grey));
                canvas.fillRect(x, y, 1, 1);
            }
        }
    }

    private static void dots(Graphics2D canvas, int side, int label, SplittableRandom random) {
        List<int[]> placed = new ArrayList<>();
        while (placed.size() <= label) {
            int x = random.nextInt(2, side - 6);
            int y = random.nextInt(2, side - 6);
            if (placed.stream().allMatch(dot -> Math.hypot(dot[0] - x, dot[1] - y) > 6.5)) {
                placed.add(new int[] {x, y});
                int size = random.nextInt(3, 6);
                canvas.fillOval(x, y, size, size);
            }
        }
    }

    private static void place(Graphics2D canvas, int side, int label, SplittableRandom random) {
        int size = random.nextInt(4, 9);
        int half = side / 2;
        int x = random.nextInt(0, half - size + 1) + (label == 0 ? 0 : half);
        int y = random.nextInt(0, side - size);
        if (random.nextInt(2) == 0) {
            canvas.fillOval(x, y, size, size);
        } else {
            canvas.fillRect(x, y, size, size);
        }
    }

    private static void blobs(Graphics2D canvas, int side, int label, SplittableRandom random) {
        int grey = random.nextInt(90);
        canvas.setColor(new Color(grey, grey, grey));
        canvas.fillRect(0, 0, side, side);
        int half = side / 2;
        for (int part = 0; part < 2; part++) {
            boolean red = (part == 0) == (label == 0);
            int strong = random.nextInt(140, 256);
            int weak = random.nextInt(70);
            canvas.setColor(red ? new Color(strong, weak, weak) : new Color(weak, strong, weak));
            int size = random.nextInt(5, 13);
            canvas.fillOval(
                    random.nextInt(0, side - size), part * half + random.nextInt(0, half - size + 1), size, size);
        }
    }
}
