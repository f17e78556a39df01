package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Pictures of the documentation: there, used, and told to who cannot see them. */
class PicturesTest {

    private static final Path FOLDER = Pages.DOCS.resolve("images");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");

    static List<Path> drawings() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".svg")).toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyPictureIsShownAndEveryOneShownIsThere() throws IOException {
        Set<Path> shown = new TreeSet<>();
        for (Path page : Pages.all()) {
            Matcher pictures = PICTURE.matcher(Pages.text(page));
            while (pictures.find()) {
                shown.add(page.resolveSibling(pictures.group(2)).normalize());
                assertFalse(pictures.group(1).isBlank(), page + ": " + pictures.group(2) + " has no text in its place");
            }
        }
        assertEquals(new TreeSet<>(files()), shown);
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void aDrawingTellsWhatIsInIt(Path drawing) throws Exception {
        Element picture = read(drawing);

        assertEquals("img", picture.getAttribute("role"));
        for (String what : List.of("title", "desc")) {
            Element told = (Element) picture.getElementsByTagName(what).item(0);
            assertFalse(told.getTextContent().isBlank(), what);
            assertTrue(
                    List.of(picture.getAttribute("aria-labelledby").split(" ", -1))
                            .contains(told.getAttribute("id")),
                    what);
        }
    }

    /** On a dark page as on a light one: it stands on a ground of its own and takes no colour from around it. */
    @ParameterizedTest
    @MethodSource("drawings")
    void aDrawingIsReadableOnAnyGround(Path drawing) throws Exception {
        Element picture = read(drawing);
        Element ground = (Element) picture.getElementsByTagName("rect").item(0);

        assertEquals(picture.getAttribute("width"), ground.getAttribute("width"));
        assertEquals(picture.getAttribute("height"), ground.getAttribute("height"));
        assertTrue(ground.getAttribute("fill").matches("#[0-9a-f]{6}"));
        NodeList texts = picture.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            assertTrue(text.getAttribute("fill").matches("#[0-9a-f]{6}"), text.getTextContent());
        }
        String content = Files.readString(drawing);
        assertFalse(content.contains("currentColor") || content.contains("<script") || content.contains("href="));
    }

    private static Element read(Path drawing) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(drawing.toFile()).getDocumentElement();
    }
}
