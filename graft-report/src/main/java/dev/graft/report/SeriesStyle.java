package dev.graft.report;

/**
 * How one strategy is drawn, the same in every chart and figure.
 *
 * @param palette the place of its colour in the {@link Palette}
 * @param marker the shape of its points
 * @param baseline whether it is the baseline that the others are measured against
 */
record SeriesStyle(int palette, Marker marker, boolean baseline) {
    /** The class that gives an element of the page this colour. */
    String cssClass() {
        return "series-" + palette;
    }
}
