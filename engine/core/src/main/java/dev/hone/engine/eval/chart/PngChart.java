package dev.hone.engine.eval.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A chart as a PNG picture, on a light ground, in twice the pixels of the SVG. It is drawn in memory; no screen is needed, but
 * the fonts of the system are, so letters differ between systems.
 */
public final class PngChart {

    private static final int SCALE = 2;
    private static final Color GROUND = Color.WHITE;
    private static final Color TEXT = new Color(0x1c1f24);
    private static final Color AXIS = new Color(0x8a8f98);
    private static final Color NET = new Color(0xd9dce1);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

    private final Graphics2D to;
    private final Frame frame;

    private PngChart(Graphics2D to, Frame frame) {
        this.to = to;
        this.frame = frame;
    }

    public static byte[] draw(LineChart chart) {
        Frame frame = Frame.of(chart);
        BufferedImage image =
                new BufferedImage(Frame.WIDTH * SCALE, frame.height() * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        new PngChart(graphics, frame).draw();
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk in it
        }
        return png.toByteArray();
    }

    private void draw() {
        LineChart chart = frame.chart();
        to.setColor(GROUND);
        to.fillRect(0, 0, Frame.WIDTH, frame.height());
        axes(chart);
        for (int i = 0; i < chart.series().size(); i++) {
            List<double[]> around = frame.band(chart.series().get(i));
            Color colour = colour(i);
            to.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 36));
            to.fill(path(around, true));
        }
        for (int i = 0; i < chart.series().size(); i++) {
            line(chart.series().get(i), i);
        }
    }

    private void axes(LineChart chart) {
        int bottom = Frame.TOP + Frame.PLOT;
        int right = Frame.WIDTH - Frame.RIGHT;
        to.setFont(TITLE);
        text(Frame.shortened(chart.title(), 80), Frame.LEFT, 26, 0);
        to.setFont(PLAIN);
        to.setStroke(new BasicStroke(1));
        for (double tick : frame.vertical().ticks()) {
            int y = (int) Math.round(frame.y(tick));
            to.setColor(NET);
            to.drawLine(Frame.LEFT, y, right, y);
            text(frame.vertical().label(tick), Frame.LEFT - 8, y + 4, 1);
        }
        for (double tick : frame.horizontal().ticks()) {
            text(frame.horizontal().label(tick), frame.x(tick), bottom + 18, 0.5);
        }
        to.setColor(AXIS);
        to.drawLine(Frame.LEFT, Frame.TOP, Frame.LEFT, bottom);
        to.drawLine(Frame.LEFT, bottom, right, bottom);
        text(chart.x(), (Frame.LEFT + right) / 2.0, bottom + 36, 0.5);
        AffineTransform upright = to.getTransform();
        to.translate(16, Frame.TOP + Frame.PLOT / 2.0);
        to.rotate(-Math.PI / 2);
        text(chart.y(), 0, 0, 0.5);
        to.setTransform(upright);
    }

    /** @param anchor which part of the text is at x: 0 its beginning, 1 its end */
    private void text(String text, double x, double y, double anchor) {
        to.setColor(TEXT);
        to.drawString(text, (float) (x - anchor * to.getFontMetrics().stringWidth(text)), (float) y);
    }

    private void line(LineChart.Series series, int i) {
        to.setColor(colour(i));
        to.setStroke(stroke(Look.of(i)));
        to.draw(path(frame.line(series), false));
        int x = frame.legendX(i);
        int y = frame.legendY(i);
        to.drawLine(x, y, x + Frame.SAMPLE, y);
        Frame.marked(series).forEach(point -> marker(i, frame.x(point.x()), frame.y(point.y())));
        marker(i, x + Frame.SAMPLE / 2.0, y);
        text(Frame.shortened(series.name(), 36), x + Frame.SAMPLE + 8, y + 4, 0);
    }

    private void marker(int i, double x, double y) {
        Look.Marker marker = Look.of(i).marker();
        Shape shape = new Ellipse2D.Double(x - 4, y - 4, 8, 8);
        if (!marker.corners().isEmpty()) {
            Path2D.Double corners = new Path2D.Double();
            for (int k = 0; k < marker.corners().size(); k += 2) {
                double cornerX = x + 4.5 * marker.corners().get(k);
                double cornerY = y + 4.5 * marker.corners().get(k + 1);
                if (k == 0) {
                    corners.moveTo(cornerX, cornerY);
                } else {
                    corners.lineTo(cornerX, cornerY);
                }
            }
            corners.closePath();
            shape = corners;
        }
        to.setStroke(new BasicStroke(1.5f));
        to.setColor(marker.filled() ? colour(i) : GROUND);
        to.fill(shape);
        to.setColor(colour(i));
        to.draw(shape);
    }

    private static Path2D path(List<double[]> corners, boolean closed) {
        Path2D.Double path = new Path2D.Double();
        for (int i = 0; i < corners.size(); i++) {
            if (i == 0) {
                path.moveTo(corners.get(i)[0], corners.get(i)[1]);
            } else {
                path.lineTo(corners.get(i)[0], corners.get(i)[1]);
            }
        }
        if (closed && !corners.isEmpty()) {
            path.closePath();
        }
        return path;
    }

    private static Color colour(int i) {
        return Color.decode(Look.of(i).light());
    }

    private static BasicStroke stroke(Look look) {
        if (look.dashes().isEmpty()) {
            return new BasicStroke(2);
        }
        float[] dashes = new float[look.dashes().size()];
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = look.dashes().get(i);
        }
        return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0);
    }
}
