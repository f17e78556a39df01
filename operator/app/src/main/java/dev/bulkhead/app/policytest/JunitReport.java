package dev.bulkhead.app.policytest;

import dev.bulkhead.app.terminal.Printable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The outcomes as CI systems read them. */
final class JunitReport {

    private final Function<TestOutcome, String> details;

    /** @param details what to say of a test that failed */
    JunitReport(Function<TestOutcome, String> details) {
        this.details = details;
    }

    void write(List<TestOutcome> outcomes, Writer out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "bulkhead test");
            xml.writeAttribute("tests", Integer.toString(outcomes.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(outcomes.stream().filter(one -> !one.passed()).count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            for (TestOutcome outcome : outcomes) {
                write(outcome, xml);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void write(TestOutcome outcome, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", Printable.line(outcome.test().name()));
        xml.writeAttribute("classname", Printable.line(outcome.test().place().file()));
        if (outcome.failure().isPresent()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", Printable.line(outcome.failure().get()));
            xml.writeCharacters(printable(details.apply(outcome)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters; what shows it may act on the others. */
    private static String printable(String text) {
        return text.lines().map(Printable::line).collect(Collectors.joining("\n"));
    }
}
