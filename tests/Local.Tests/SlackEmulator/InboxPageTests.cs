using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace Local.Tests.SlackEmulator;

public sealed partial class InboxPageTests : IAsyncLifetime
{
    // Set before any test runs.
    private RunningEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await RunningEmulator.StartAsync(new FakeTimeProvider());

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task The_page_and_its_files_are_served_under_a_strict_policy()
    {
        const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

        foreach (var path in await FilesAsync())
        {
            using var response = await emulator.SendAsync(HttpMethod.Get, path);

            Assert.Equal((path, 200), (path, (int)response.StatusCode));
            Assert.Equal(Policy, response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task Nothing_in_the_page_parses_text_as_HTML_or_code_or_comes_from_elsewhere()
    {
        foreach (var path in await FilesAsync())
        {
            var (_, text) = await emulator.AskAsync(HttpMethod.Get, path);

            Assert.Equal((path, null), (path, Dangerous().Match(text) is { Success: true } found ? found.Value : null));
        }
    }

    [Fact]
    public async Task The_page_says_how_many_messages_are_kept_and_what_to_do_next()
    {
        var (_, page) = await emulator.AskAsync(HttpMethod.Get, "/");

        Assert.Contains("the newest 1,000 messages", page, StringComparison.Ordinal);
        Assert.Contains("No messages yet", page, StringComparison.Ordinal);
        Assert.Contains("make run", page, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyCollection<string>> FilesAsync()
    {
        var found = new HashSet<string> { "/" };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var path))
        {
            var (_, text) = await emulator.AskAsync(HttpMethod.Get, path);
            foreach (var name in Reference().Matches(text).Select(match => match.Groups["name"].Value))
            {
                var reference = $"/inbox/{name}";
                if (found.Add(reference))
                {
                    open.Enqueue(reference);
                }
            }
        }

        Assert.True(found.Count > 5, "The page refers to its style sheet and its modules.");
        return found;
    }

    [GeneratedRegex("""(?:(?:href|src)="/inbox/|from '\./)(?<name>[^"']+)""")]
    private static partial Regex Reference();

    [GeneratedRegex(
        """innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|srcdoc|"""
        + """\beval\(|new Function|setTimeout\(|\son\w+=|\sstyle=|(?:href|src)="https?:|url\(|@import""")]
    private static partial Regex Dangerous();
}
