package dev.graft.example;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Draws crosses and rings, in place of the pictures that a program gets from elsewhere. */
final class DrawnPictures {
    private static final int SIDE = 48;

    private DrawnPictures() {}

    /** A cross or a ring somewhere in the picture, of some size and colour. */
    static BufferedImage draw(String shape, Random random) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(random.nextInt(80), random.nextInt(80), random.nextInt(80)));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(new Color(155 + random.nextInt(100), 155 + random.nextInt(100), 155 + random.nextInt(100)));
        graphics.setStroke(new BasicStroke(4));
        int size = 16 + random.nextInt(16);
        int left = 2 + random.nextInt(SIDE - size - 4);
        int top = 2 + random.nextInt(SIDE - size - 4);
        if (shape.equals("ring")) {
            graphics.drawOval(left, top, size, size);
        } else {
            graphics.drawLine(left, top, left + size, top + size);
            graphics.drawLine(left, top + size, left + size, top);
        }
        graphics.dispose();
        return picture;
    }
}
