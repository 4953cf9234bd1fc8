package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.TargetReading;
import dev.graft.targets.OneClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the labels of a table are: classes, several labels, numbers or grades. */
final class TargetTaskOptions {
    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "What is to be told of an example: classification (one class), multi-label (any number of labels),"
                            + " regression (numbers) or ordinal (a grade, such as 1 to 5 stars). Without it classes, or"
                            + " a number where the labels are plainly that.")
    private @Nullable String task;

    @Option(
            names = "--label-separator",
            paramLabel = "TEXT",
            description = "With multi-label: what stands between the labels in a cell (the one of | ; , that is there;"
                    + " JSON lists are known). Or name several columns, one for each label, with --label-column a,b,c.")
    private @Nullable String separator;

    @Option(
            names = "--grades",
            split = ",",
            paramLabel = "NAME",
            description = "With ordinal: the grades from the lowest to the highest, where they are no numbers.")
    private List<String> grades = List.of();

    TargetReading reading() {
        return new TargetReading(task, separator, grades);
    }

    /** The first option that was given; empty if none was. */
    String given() {
        return task != null ? "--task" : separator != null ? "--label-separator" : grades.isEmpty() ? "" : "--grades";
    }

    /** Refuses another task than classes for folders: a folder for each class says a class. */
    void requireTable(Path data) {
        String asked = reading().task();
        if (Files.isDirectory(data) && asked != null && !asked.equals(OneClass.TASK)) {
            throw new SettingsException(Problem.of("Folders of images say one class each.")
                    .where(data)
                    .expected("a table with a column of image files and one or several of labels, for --task " + asked)
                    .found("a folder")
                    .fix("list the files in a CSV file, such as with the columns path and label"));
        }
    }
}
