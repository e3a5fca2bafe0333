import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Holds PDF files to PDF/A-3a and PDF/UA-1 by the profiles of veraPDF.
 *
 * <p>One line a file and standard, parted by tabs: file, standard, rules looked at, and each rule broken.
 */
public final class Conformance {
    private static final String[][] STANDARDS = {{"3a", "PDFA-3A"}, {"ua1", "PDFUA-1"}};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String[] standard : STANDARDS) {
            ValidationProfile profile = profile(standard[1]);
            for (String file : files) {
                System.out.println(judged(file, standard[0], profile));
            }
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream xml = Conformance.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            return Profiles.profileFromXml(xml);
        }
    }

    private static String judged(String file, String standard, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(standard);
        try (InputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion one : result.getTestAssertions()) {
                String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                broken.add(rule + " " + one.getMessage().replaceAll("\\s+", " "));
            }
            StringBuilder line = new StringBuilder(Path.of(file).getFileName().toString());
            line.append('\t').append(standard).append('\t').append(result.getTotalAssertions());
            broken.forEach(rule -> line.append('\t').append(rule));
            return line.toString();
        }
    }
}
