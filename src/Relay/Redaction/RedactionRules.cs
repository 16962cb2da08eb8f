using static Relay.Redaction.RedactionNames;

namespace Relay.Redaction;

/// <summary>
/// Every form of secret that is masked in text, in the order in which they are. What is known by its own form comes
/// before what is known by a name beside it, so that the name's rule finds it masked already.
/// </summary>
public static class RedactionRules
{
    private const string KeyBegin = "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----";
    private const string KeyEnd = "-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----";
    private const string LineBreak = @"(?:\s|\\[rn])";

    // A word begins here, or after an escaped line break.
    private const string Start = @"(?:\b|\\[nrt])";

    // From an option to its value: a space, or the gap between two elements of a list.
    private const string Gap = """(?:[ \t]+|["'],[ \t]*["'])""";
    private const string SameCommand = @"\b[^\r\n|;&]*?";

    private const string Line = @"(?m:^)[ \t]*[+<>-]?[ \t]*(?:- )?";
    private const string Prefix = "[A-Za-z0-9_.-]*";

    // A line with a key begins something else.
    private const string BlockLine = @"[^\s:](?:[^:\r\n]|:[^\s:])*";

    private const string ToLineEnd = """[^\s"'\\](?:[^\r\n]*[^\s])?""";
    private const string Word = """[^\s;&"'\\=<>|-](?:[^\s;&"'\\]|\\[^"'\s])*""";

    /// <summary>The rules, in order.</summary>
    public static IReadOnlyList<RedactionRule> All { get; } =
    [
        // Known by their own form.
        new("private key", $@"(?<secret>{KeyBegin}(?s:.)*?(?:{KeyEnd}|\z))"),
        new("private key whose start was cut off",
            $@"(?<secret>(?:[A-Za-z0-9+/=]{{16,}}{LineBreak}+)*(?:[A-Za-z0-9+/=]+{LineBreak}+)?{KeyEnd})"),
        new("password in a URL", @":\\?/\\?/[^\s/:@?#""'<>]*:(?<secret>[^\s/?#""'<>]+)@"),
        new("Slack webhook", @"\bhooks\.slack(?:-gov)?\.com\\?/(?:services|workflows|triggers)\\?/(?<secret>[A-Za-z0-9/_.\\-]+)"),
        new("header", """(?i:authorization|cookie)[ \t]*:[ \t]*(?<secret>(?:="[^"\r\n]*"|[^\s"'])(?:="[^"\r\n]*"|[^\r\n"'])*)"""),
        new("bearer token", @"(?i:\bbearer)[ \t]+(?<secret>[A-Za-z._~+/=-]{8,}[0-9][\w.~+/=-]*|[A-Za-z._~+/=-]*[0-9][\w.~+/=-]{8,})"),
        new("basic credentials", @"(?i:\bbasic)[ \t]+(?<secret>[A-Za-z+/]{8,}[0-9=][\w+/=]*|[A-Za-z+/]*[0-9][\w+/=]{8,})"),
        new("JWT", Start + @"(?<secret>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*)"),
        new("AWS access key", Start + @"(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b"),
        new("GitHub token", Start + @"(?<secret>gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})"),
        new("GitLab token", Start + @"(?<secret>gl(?:pat|dt|rt|ft|ptt|cbt|soat|imt|agent|oas)-[\w.-]{19,}\w)"),
        new("Slack token", Start + @"(?<secret>(?:xox[a-z]|xapp)-[A-Za-z0-9.-]{9,}[A-Za-z0-9])"),
        new("Google key", Start + @"(?<secret>AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})"),
        new("OpenAI-style key", Start + @"(?<secret>sk-[\w-]{20,})"),
        new("key of another vendor", Start + @"(?<secret>[rs]k_(?:live|test)_\w{16,}|npm_\w{30,}|pypi-[\w-]{30,}|hv[sb]\.[\w-]{20,}"
            + "|dckr_pat_[A-Za-z0-9_-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,})"),
        new("password hash", @"(?<secret>\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d))(?:\$[\w./=,+-]+){2,4})"),
        new("signature or code in a query", @"[?&](?i:sig|signature|x-amz-signature|x-goog-signature|code)=(?<secret>[\w.%+/=~-]{16,})"),

        // Known by a name beside them.
        new("value of a named pair",
            $@"\b(?:name|key)\\*[""'][ \t]*:[ \t]*[ub]?\\*[""']{Prefix}{Anywhere}\\*[""'],\s*[ub]?\\*[""']value\\*[""'][ \t]*:[ \t]*"
            + Value("""[^\s,}\]{\["'\\][^\s,}\]"']*""")),
        new("value of a named pair in YAML",
            $@"\b(?:name|key):[ \t]+[""']?{Prefix}{Anywhere}[""']?[ \t]*\r?\n[ \t]+value:[ \t]+{Value(ToLineEnd)}"),
        new("block of YAML", $@"{InProse}[""']?:[ \t]*[|>][0-9+-]{{0,2}}[ \t]*\r?\n[ \t]+(?<secret>{BlockLine}(?:\r?\n[ \t]+{BlockLine})*)(?:\r?\n|\z)"),
        new("new value of a diff", $@"{Anywhere}[""']?[ \t]*=[ \t]*""[^""\r\n]*""[ \t]+->[ \t]+{Value(Word)}"),
        new("quoted key", $@"{Anywhere}\\*[""'][ \t]*(?::|=>)[ \t]*{Value("""\[[^\[\]\r\n]+\]|[^\s,}\]{\["'\\][^\s,}\]"']*""")}"),
        new("line of YAML or headers", $@"{Line}[""']?{Prefix}{InProse}[""']?(?::[ \t]*|[ \t]+[:=][ \t]+){Value(ToLineEnd)}"),
        new("assignment", $@"{Anywhere}[""']?(?:=|[ \t]+=[ \t]+){Value("""[^\s;&"'\\=](?:[^\s;&"'\\]|\\[^"'\s])*""")}"),
        new("flow of YAML", $@"[{{,][ \t]*{Prefix}{InProse}:[ \t]+{Value("""[^\s,}"'\\][^,}\r\n"']*""")}"),
        new("sentence", $@"{InProse}:[ \t]+{Value(SixWithDigit(@"[^\s""'0-9]", @"[^\s""']"))}"),
        new("sentence without a space", $@"{InProse}:(?<secret>{SixWithDigit("[A-Za-z+=._~!$%^*-]", "[A-Za-z0-9+=._~!$%^*-]")})"),
        new("XML element", $@"<{Prefix}{Anywhere}(?:[ \t][^<>\r\n]*)?>(?<secret>[^<>\r\n]+)</"),

        // Known by the command that they are given to.
        new("option", $@"(?:^|[\s""'(]){OptionWithoutValue}|{Argument($"--?[A-Za-z0-9-]*{Anywhere}")}"),
        .. RedactionClient.All.Select(client =>
            new RedactionRule($"{client.Options[0]} of {client.Name}",
                $@"\b(?:{client.Command.Replace(" ", Gap, StringComparison.Ordinal)}){SameCommand}{ShortArgument(client.Options[0])}")),
        new("-p of sshpass", $@"\bsshpass(?:[ \t]+-v|[""'],[ \t]*)?{ShortArgument("-p")}"),
        new("user of curl", $@"\bcurl{SameCommand}[ \t""'](?:-[uU]|--(?:proxy-)?user)(?:=|{Gap})?[""']?[^\s:""']+:(?<secret>[^\s""']+)"),
        new("password of openssl", $@"-pass(?:in|out)?(?:=|{Gap})pass:(?<secret>[^\s""']+)"),
        new("SQL", """(?i:\bidentified[ \t]+by|\b(?:with|encrypted)[ \t]+password)[ \t]+(?:'(?<secret>[^'\r\n]+)|"(?<secret>[^"\r\n]+))"""),
        new("netrc", @"\blogin\s+\S+\s+password\s+(?<secret>\S+)"),
    ];

    /// <summary>A value: in quotes of either kind, also escaped ones, closed or cut off; a template; or as bare as given.</summary>
    private static string Value(string bare) =>
        """(?:[ub]?"(?<secret>(?:[^"\\\r\n]|\\[^\r\n])+)|[ub]?'(?<secret>(?:[^'\\\r\n]|\\[^\r\n])+)"""
        + """|\\+["'](?<secret>(?:[^"'\\\r\n]|\\+[^"'\\\r\n])+)|(?<secret>\{\{[^}\r\n]*\}\}|"""
        + bare + "))";

    /// <summary>An option and its value: two words, or two elements of a list.</summary>
    private static string Argument(string option) =>
        $"""(?:(?:^|[\s"'(]){option}[ \t]+{Value(Word)}|["']{option}["'],[ \t]*["'](?<secret>[^"'\r\n-][^"'\r\n]*))""";

    /// <summary>As above, or both in one word.</summary>
    private static string ShortArgument(string option) =>
        $"""(?:{Argument(option)}|[ \t"']{option}(?:'(?<secret>[^',\r\n][^'\r\n]*)'|"(?<secret>[^",\r\n][^"\r\n]*)"|(?<secret>{Word})))""";

    private static string SixWithDigit(string other, string any) =>
        string.Join('|', Enumerable.Range(0, 6).Select(before => before < 5
            ? $"{other}{{{before}}}[0-9]{any}{{{5 - before},}}"
            : $"{other}{{5,}}[0-9]{any}*"));
}
