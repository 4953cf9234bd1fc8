/**
 * Examines people's own images before anything is learnt from them: what is broken, double, leaking or lopsided. Reports
 * and changes nothing. Sees the data and image rooms.
 */
@NullMarked
package dev.graft.doctor;

import org.jspecify.annotations.NullMarked;
