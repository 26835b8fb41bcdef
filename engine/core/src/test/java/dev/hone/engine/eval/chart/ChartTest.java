package dev.hone.engine.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.engine.eval.Interval;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

    private static final LineChart TWO = new LineChart(
            "Success <against> tokens",
            "The workflow is above independent samples & stays there.",
            "tokens",
            "solved",
            List.of(line("workflow", 0.0, 0.4, 0.7, 0.8), line("independent samples", 0.0, 0.3, 0.5, 0.55)));

    private static LineChart.Series line(String name, double... values) {
        List<LineChart.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Interval band = new Interval(Math.max(0, values[i] - 0.1), Math.min(1, values[i] + 0.1));
            points.add(new LineChart.Point(i * 1000, values[i], Optional.of(band)));
        }
        return new LineChart.Series(name, points, false);
    }

    @Test
    void anSvgIsADocumentThatSaysWhatItShows() throws Exception {
        Document document = parsed(SvgChart.draw(TWO));
        assertThat(text(document, "title")).isEqualTo("Success <against> tokens");
        assertThat(text(document, "desc")).isEqualTo("The workflow is above independent samples & stays there.");
        assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(text(document, "style")).contains("prefers-color-scheme:dark");
        assertThat(SvgChart.draw(TWO)).isEqualTo(SvgChart.draw(TWO));
    }

    @Test
    void linesAreToldApartWithoutColours() throws Exception {
        List<LineChart.Series> many = new ArrayList<>();
        for (int i = 0; i < LineChart.MOST_SERIES; i++) {
            many.add(line("line " + i, 0.1 * i, 0.1 * i));
        }
        Document document = parsed(SvgChart.draw(new LineChart("t", "d", "x", "y", many)));
        Set<String> dashes = new HashSet<>();
        for (int i = 0; i < LineChart.MOST_SERIES; i++) {
            dashes.add(((Element) document.getElementsByTagName("polyline").item(i)).getAttribute("stroke-dasharray"));
        }
        assertThat(dashes).hasSize(LineChart.MOST_SERIES);
        Set<Look.Marker> markers = new HashSet<>();
        for (int i = 0; i < LineChart.MOST_SERIES; i++) {
            markers.add(Look.of(i).marker());
        }
        assertThat(markers).hasSize(LineChart.MOST_SERIES);
    }

    @Test
    void aNameWithWhatXmlCannotHoldIsDrawnWithoutIt() throws Exception {
        LineChart odd = new LineChart("a\u0001\uFFFE\"b\" 100 %d", "", "x", "y", List.of(line("<script>", 0.5, 0.6)));
        Document document = parsed(SvgChart.draw(odd));
        assertThat(text(document, "title")).isEqualTo("a\"b\" 100 %d");
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void aPngIsThePictureInTwiceThePixels() throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(PngChart.draw(TWO)));
        assertThat(image.getWidth()).isEqualTo(2 * Frame.WIDTH);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        assertThat(colours).contains(0xffffff, 0x0072b2, 0xb34700);
    }

    @Test
    void aTerminalShowsTheLinesInDotsAndTheirPointsInShapes() {
        List<String> lines = TerminalChart.draw(TWO, 60, 8);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(lines).hasSize(8 + 4 + 2);
        assertThat(lines.getFirst()).isEqualTo("Success <against> tokens");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("● workflow"));
        assertThat(lines.subList(1, 9).stream()
                        .filter(line -> line.contains("●"))
                        .count())
                .isGreaterThanOrEqualTo(3);
        assertThat(String.join("", lines.subList(1, 9)).chars().filter(c -> c > 0x2800 && c < 0x2900))
                .hasSizeGreaterThan(40);
    }

    @Test
    void stepsHoldTheirValueUntilTheNextPoint() {
        LineChart.Series steps = new LineChart.Series("s", line("s", 0.0, 1.0).points(), true);
        assertThat(steps.corners()).extracting(LineChart.Point::y).containsExactly(0.0, 0.0, 1.0);
        assertThat(steps.corners()).extracting(LineChart.Point::x).containsExactly(0.0, 1000.0, 1000.0);
    }

    @Test
    void anEmptyChartAndAPointAreDrawn() throws Exception {
        LineChart empty = new LineChart("nothing", "", "x", "y", List.of());
        parsed(SvgChart.draw(empty));
        assertThat(TerminalChart.draw(empty, 40, 4)).isNotEmpty();
        assertThat(PngChart.draw(empty)).isNotEmpty();
        LineChart point = new LineChart("one", "", "x", "y", List.of(line("p", 0.5)));
        parsed(SvgChart.draw(point));
        assertThat(String.join("", TerminalChart.draw(point, 40, 4))).contains("●");
    }

    @Test
    void ticksAreRoundNumbers() {
        Axis rate = Axis.over(java.util.stream.DoubleStream.of(0.12, 0.87));
        assertThat(rate.ticks().stream().map(rate::label)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        Axis tokens = Axis.over(java.util.stream.DoubleStream.of(0, 13_000));
        assertThat(tokens.ticks().stream().map(tokens::label)).containsExactly("0", "5000", "10000", "15000");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        List<LineChart.Series> many = new ArrayList<>();
        for (int i = 0; i <= LineChart.MOST_SERIES; i++) {
            many.add(line("line", 0.5));
        }
        assertThatThrownBy(() -> new LineChart("t", "d", "x", "y", many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LineChart.Point(0, Double.NaN, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TerminalChart.draw(TWO, 10, 8)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static String text(Document document, String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }
}
