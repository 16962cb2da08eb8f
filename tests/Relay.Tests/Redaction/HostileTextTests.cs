using Relay.Redaction;

namespace Relay.Tests.Redaction;

/// <summary>No text makes masking slow.</summary>
[Collection(nameof(Alone))]
public sealed class HostileTextTests
{
    private const int Size = 64 * 1024;

    /// <summary>Beginnings without an end, over and over: what makes a backtracking matcher hang.</summary>
    public static TheoryData<string> HostileParts { get; } =
    [
        "a", " ", "-", "\n", "\\", "\\\"", "\"", "{", "[\"a\",", "A1b2",
        "password", "password=", "password='", "password=\"\\", "password: ", "\"token\": ", "{password: a", "Token:a",
        "://a:", "://a:a@", "Cookie: =\"", "Bearer a", "basic ", "eyJaaaaaaaaa.", "$6$aaaaaaa$", "?code=a", "<token ",
        "-----BEGIN PRIVATE" + " KEY-----", "AAAAAAAAAAAAAAAAAAAA\n", "-----BEGIN A ", "--token ", "--ask-",
        "mysql ", "mysql -u ", "docker login ",
        "curl -u ", "sshpass -p", "-passin ", "identified by ", "login a password ", "hooks.slack.com/", "xoxb-", "glpat-a.", "AKIA",
    ];

    /// <summary>Pieces that rules begin, go on and end with, to be thrown together: what no single rule foresees.</summary>
    public static TheoryData<string> HostileMixtures { get; } =
    [
        "$6$ a $ b1", "sk- a - 1", "xoxb- xapp- glpat- a - .", "npm_ hvs. pypi- ghp_ github_pat_ a 1 - _", "eyJ AIza ya29. a . -",
        "token secret value string _ - 1 2 : =", "password = ' \" \\ a { } [ ]", ":// a : @ /", "sig= code= & ? a =", "Cookie: =\" \" a",
        "AAAAAAAAAAAAAAAA a \n \\n ----- BEGIN END",
    ];

    [Theory]
    [MemberData(nameof(HostileParts))]
    public void Hostile_text_is_no_burden(string part)
    {
        AssertQuick(string.Concat(Enumerable.Repeat(part, Size / part.Length)), part);
    }

    [Theory]
    [MemberData(nameof(HostileMixtures))]
    public void Hostile_mixture_is_no_burden(string pieces)
    {
        var random = new Random(1);
        var parts = pieces.Split(' ');

        AssertQuick(string.Concat(Enumerable.Range(0, Size / 3).Select(_ => parts[random.Next(parts.Length)])), pieces);
    }

    private static void AssertQuick(string text, string what)
    {
        var before = Environment.CpuUsage.TotalTime;

        Redactor.Text(text);

        // Linear is below a second or two, since no test runs beside it; what is not takes minutes or for ever. Other programs do not count.
        var took = Environment.CpuUsage.TotalTime - before;
        Assert.True(took < TimeSpan.FromSeconds(10), $"{took} for {what}");
    }
}
