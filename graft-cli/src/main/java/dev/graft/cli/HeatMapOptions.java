package dev.graft.cli;

import dev.graft.data.Image;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.evidence.HeatMap;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.report.Png;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
import dev.graft.storage.NewDirectory;
import dev.graft.storage.OutputPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Pictures of where a network looked, and where they go. */
final class HeatMapOptions {
    /** Larger pictures are scaled down: a map has a few hundred cells at most. */
    private static final int LONGEST_SIDE = 1600;

    private static final int LONGEST_NAME = 100;

    @Option(
            names = "--heatmap",
            paramLabel = "DIR",
            description =
                    "Write a PNG file for each picture that shows where the network found evidence for what it says:"
                            + " dark blue nowhere, bright yellow the most. DIR is new or empty.")
    private @Nullable Path directory;

    @Option(names = "--overwrite", description = "Replace the heat maps in DIR that Graft wrote; nothing else ever is.")
    private boolean overwrite;

    /** Draws the heat map of a picture. */
    @FunctionalInterface
    interface Drawing {
        /**
         * Draws one.
         *
         * @param file the picture's file
         * @param image the picture
         * @param prediction what the network says of it
         * @return where it lies; null if none was asked for
         */
        @Nullable
        HeatMapFile of(Path file, Image image, Prediction prediction) throws IOException;
    }

    /** Classifies pictures, and has heat maps drawn on the way. */
    @FunctionalInterface
    interface Work {
        /** Gives how many pictures could not be classified. */
        int run(Drawing drawing) throws IOException;
    }

    /** Refuses an option that has nothing to do. */
    void requireUse() {
        if (overwrite && directory == null) {
            throw new SettingsException(Problem.of("--overwrite has nothing to do here.")
                    .expected("--overwrite together with --heatmap DIR")
                    .found("--overwrite alone")
                    .fix("leave --overwrite out, or add --heatmap DIR"));
        }
    }

    /** Refuses heat maps of what is no picture. */
    void refuse(Path bundle, String takes) {
        requireUse();
        if (directory != null) {
            throw new SettingsException(Problem.of("--heatmap has nothing to do here.")
                    .where(bundle)
                    .expected("a bundle or a backbone for pictures alone")
                    .found("one for " + takes)
                    .fix("leave --heatmap out"));
        }
    }

    /**
     * Does the work, and writes the heat maps if they were asked for: all of them, or none if it fails.
     *
     * @return what the work gives
     */
    int write(Path bundle, List<Path> inputs, Classifier classifier, Console console, Work work) {
        Path out = directory;
        if (out == null) {
            return withoutMaps(work);
        }
        OutputPlace.requireApart(out, bundle, "the bundle");
        inputs.forEach(input -> OutputPlace.requireApart(out, input, "the pictures"));
        EvidenceMethod method = classifier.evidenceMethod();
        int[] failed = new int[1];
        OutputDirectory.explained(
                "--heatmap", () -> AtomicFiles.requireReplaceable(out, Manifest.Kind.HEAT_MAPS, overwrite));
        console.note("Heat maps by " + method.label() + ": " + method.description() + ".");
        AtomicFiles.writeDirectory(
                out, Manifest.Kind.HEAT_MAPS, overwrite, into -> failed[0] = work.run(drawing(out, into, classifier)));
        return failed[0];
    }

    private static int withoutMaps(Work work) {
        try {
            return work.run((file, image, prediction) -> null);
        } catch (IOException e) {
            throw new AssertionError("nothing is written", e);
        }
    }

    private static Drawing drawing(Path out, NewDirectory into, Classifier classifier) {
        Set<String> taken = new HashSet<>();
        return (file, image, prediction) -> {
            String className = prediction.leading();
            EvidenceMap map = classifier.evidence(image, className);
            String name = unique(file, taken);
            into.write(name, Png.encode(HeatMap.overlay(image, map, LONGEST_SIDE)));
            return new HeatMapFile(
                    out.resolve(name).toString(), className, map.method().label());
        };
    }

    /** The picture's name with another ending and, if that was given before, a number. */
    private static String unique(Path file, Set<String> taken) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String plain = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^\\p{L}\\p{M}\\p{N} ._()+-]+", "-");
        String base = plain.substring(0, Math.min(LONGEST_NAME, plain.length())).replaceAll("^\\.+", "");
        String given = base + ".png";
        // Some file systems do not tell upper from lower case.
        for (int i = 2; !taken.add(given.toLowerCase(Locale.ROOT)); i++) {
            given = base + "-" + i + ".png";
        }
        return given;
    }
}
