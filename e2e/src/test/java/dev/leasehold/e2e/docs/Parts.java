package dev.leasehold.e2e.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What something is made of, each as {@code group:artifact}.
 *
 * @param direct what it needs itself, at run time
 * @param others what it has for its tests, by a POM; what is in it besides, by a list of components
 */
record Parts(Set<String> direct, Set<String> others) {

  private static final String DEPENDENCIES = "/project/dependencies/dependency";

  /** Copies the sets. */
  Parts {
    direct = Set.copyOf(direct);
    others = Set.copyOf(others);
  }

  /** As POMs say: a module's and its parent's. */
  static Parts declared(Path... poms)
      throws IOException, ParserConfigurationException, SAXException, XPathExpressionException {
    Set<String> direct = new TreeSet<>();
    Set<String> tests = new TreeSet<>();
    for (Path pom : poms) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
      direct.addAll(names(document, DEPENDENCIES + "[not(scope = 'test')]"));
      tests.addAll(names(document, DEPENDENCIES + "[scope = 'test']"));
    }
    return new Parts(direct, tests);
  }

  private static Set<String> names(Document pom, String which) throws XPathExpressionException {
    XPath path = XPathFactory.newInstance().newXPath();
    NodeList found = (NodeList) path.evaluate(which, pom, XPathConstants.NODESET);
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      names.add(
          path.evaluate("groupId", found.item(i))
              + ":"
              + path.evaluate("artifactId", found.item(i)));
    }
    return names;
  }

  /** As a CycloneDX list of components says. */
  static Parts listed(Path sbom) throws IOException {
    JsonNode list = new ObjectMapper().readTree(sbom.toFile());
    String whole = list.at("/metadata/component/bom-ref").asText();
    Set<String> direct = new TreeSet<>();
    for (JsonNode each : list.path("dependencies")) {
      if (each.path("ref").asText().equals(whole)) {
        each.path("dependsOn").forEach(ref -> direct.add(name(ref.asText())));
      }
    }
    Set<String> components = new TreeSet<>();
    list.path("components").forEach(each -> components.add(name(each.path("purl").asText())));
    Set<String> others = new TreeSet<>(components);
    others.removeAll(direct);
    direct.retainAll(components);
    return new Parts(direct, others);
  }

  /** {@code pkg:maven/group/artifact@version?type=jar} as {@code group:artifact}. */
  private static String name(String purl) {
    return purl.replaceFirst("^pkg:maven/", "").replaceFirst("@.*", "").replace('/', ':');
  }
}
