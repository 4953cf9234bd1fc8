package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of every tensor of a checkpoint, and of every tensor that the network needs.
 *
 * @param naming the library whose names the checkpoint has
 * @param loaded the checkpoint's tensors that fit, under its own names
 * @param translated the network's name of each loaded tensor that has another there
 * @param ignored tensors that no network needs: counters of batches
 * @param missing what the network needs and the checkpoint lacks
 * @param unexpected what the checkpoint has and the network does not know
 * @param misshapen tensors of another shape than the network's, each with both shapes
 * @param allowance what was allowed for, so that the others fit
 */
public record LoadReport(
        String naming,
        List<String> loaded,
        Map<String, String> translated,
        List<String> ignored,
        List<String> missing,
        List<String> unexpected,
        List<String> misshapen,
        Allowance allowance) {
    private static final int SHOWN = 10;

    /**
     * What a checkpoint may have or lack without being another network's.
     *
     * @param prefix what was taken off the checkpoint's names; empty if nothing was
     * @param withoutClassifier whether it lacks the source task's classifier, or has one of another form, which a transfer
     *     replaces anyway
     */
    public record Allowance(String prefix, boolean withoutClassifier) {}

    /** Copies the collections. */
    public LoadReport {
        loaded = List.copyOf(loaded);
        translated = Map.copyOf(translated);
        ignored = List.copyOf(ignored);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        misshapen = List.copyOf(misshapen);
    }

    /** Whether every tensor of the network was found, and nothing else; prefixes of names aside. */
    public boolean complete() {
        return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
    }

    /** Whether every tensor before the classifier was found, the classifier's too or none, and nothing else. */
    public boolean fits() {
        return complete() || (allowance.withoutClassifier() && unexpected.isEmpty() && misshapen.isEmpty());
    }

    /** What was allowed for, in sentences; empty if nothing was. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!allowance.prefix().isEmpty()) {
            notes.add("the names of " + loaded.size() + " tensors are read without their prefix '" + allowance.prefix()
                    + "'");
        }
        if (allowance.withoutClassifier()) {
            notes.add("there is no classifier of the source task for this network, which a transfer replaces anyway"
                    + (classifierLeftOut().isEmpty() ? "" : "; left out: " + String.join(", ", classifierLeftOut())));
        }
        return notes;
    }

    private List<String> classifierLeftOut() {
        return ignored.stream()
                .filter(name -> !name.endsWith(".num_batches_tracked"))
                .limit(SHOWN)
                .toList();
    }

    /** The number of faults: tensors that are missing, unexpected or of another shape. */
    int faults() {
        return missing.size() + unexpected.size() + misshapen.size();
    }

    /** Such as {@code 122 loaded (none renamed), 20 ignored, 0 missing, 0 unexpected}. */
    public String summary() {
        String renamed = translated.isEmpty() ? "none renamed" : translated.size() + " renamed from " + naming;
        return loaded.size() + " loaded (" + renamed + "), " + ignored.size() + " ignored, " + missing.size()
                + " missing, " + unexpected.size() + " unexpected"
                + (misshapen.isEmpty() ? "" : ", " + misshapen.size() + " mis-shaped");
    }

    /**
     * The error for a checkpoint that does not fit.
     *
     * @param checkpoint what to call it
     * @param architecture the network's id
     * @param likely ids of the networks that it does fit
     */
    WeightsMismatchException mismatch(String checkpoint, String architecture, List<String> likely) {
        List<String> lines = new ArrayList<>();
        misshapen.forEach(line -> lines.add("mis-shaped  " + line));
        missing.forEach(name -> lines.add("missing     " + name));
        unexpected.forEach(name -> lines.add("unexpected  " + name));
        Problem problem = Problem.of("The weights do not fit backbone " + architecture + ".")
                .where(checkpoint)
                .expected("every tensor of the network, and no other"
                        + (allowance.prefix().isEmpty() ? "" : "; names are read without '" + allowance.prefix() + "'"))
                .found(summary()
                        + (faults() > SHOWN ? ", the first " + SHOWN + ":\n" : ":\n")
                        + lines.stream().limit(SHOWN).collect(Collectors.joining("\n")));
        return new WeightsMismatchException(
                likely.isEmpty()
                        ? problem.fix("use weights that were made for this network; nothing was loaded")
                        : problem.with("likely", "these are weights of " + String.join(" or ", likely))
                                .fix("use backbone " + likely.get(0) + ", or weights that were made for " + architecture
                                        + "; nothing was loaded"));
    }
}
