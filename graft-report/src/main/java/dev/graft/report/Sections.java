package dev.graft.report;

import java.util.ArrayList;
import java.util.List;

/** The sections of the page, in order, for the links on top. */
final class Sections {
    private Sections() {}

    /**
     * A section of the page.
     *
     * @param anchor where a link to it leads
     * @param title its name in the links
     */
    record Section(String anchor, String title) {}

    /** The sections that have something to show. */
    static List<Section> of(Page page) {
        List<Section> sections = new ArrayList<>();
        add(sections, true, "transferred", "Source and target");
        add(sections, page.hasData(), "data", "Data");
        add(sections, !page.result().results().isEmpty(), "comparison", page.alone() ? "Result" : "Comparison");
        add(sections, !page.answers().isEmpty(), "answers", "Answers");
        add(sections, page.hasChoice(), "choice", "Choice");
        add(sections, !page.result().verdict().probes().isEmpty(), "probes", "Source features");
        add(sections, !page.result().curve().isEmpty(), "data-size", "Data size");
        add(sections, page.hasHistory(), "learning", page.curves().isEmpty() ? "Training" : "Learning curves");
        add(sections, page.hasSummary(), "networks", "Networks");
        add(sections, page.hasCalibration(), "confidence", "Confidence");
        add(sections, page.hasUnknown(), "unknown", "Unknown examples");
        add(sections, page.hasConfusion(), "mistakes", "Mistakes");
        add(sections, !page.errors().isEmpty(), "errors", "Largest errors");
        add(sections, page.hasTopLosses(), "surest", "Surest mistakes");
        add(sections, page.hasGallery(), "gallery", "Predictions");
        add(sections, true, "made", "How this was made");
        return List.copyOf(sections);
    }

    private static void add(List<Section> sections, boolean shown, String anchor, String title) {
        if (shown) {
            sections.add(new Section(anchor, title));
        }
    }
}
