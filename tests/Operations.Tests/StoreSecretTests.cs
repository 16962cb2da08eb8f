using Relay.Tests;
using Relay.Tests.KeyVault;

namespace Operations.Tests;

public sealed class StoreSecretTests : IDisposable
{
    private const string Name = "slack-webhook-url";
    private const string Webhook = "https://hooks.slack.com/" + "services/one";

    private readonly EmulatedVault _vault = new();
    private readonly JumpingTime _time = new();
    private readonly StringWriter _said = new();
    private int _asked;

    [Fact]
    public async Task A_secret_that_is_missing_is_asked_for_and_stored()
    {
        await RunAsync("default", answer: $" {Webhook} ");

        Assert.Equal(Webhook, _vault.Secrets[Name]);
        Assert.EndsWith($"Stored as {Name}. The relay takes it up within five minutes.", Said, StringComparison.Ordinal);
        Assert.DoesNotContain("services", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_has_a_secret_of_its_own()
    {
        await RunAsync("db", answer: string.Concat("xo", "xb-", "1-2-none"));

        Assert.Equal(["slack-webhook-url-db"], _vault.Secrets.Keys);
    }

    [Fact]
    public async Task One_that_is_there_is_not_asked_for()
    {
        _vault.Secrets[Name] = "kept";

        await RunAsync("default", answer: Webhook);

        Assert.Equal(("kept", 0), (_vault.Secrets[Name], _asked));
        Assert.Equal($"The vault has the secret {Name}.", Said);
    }

    [Fact]
    public async Task One_that_is_there_can_be_replaced()
    {
        _vault.Secrets[Name] = "old";

        await RunAsync("default", answer: Webhook, replace: true);

        Assert.Equal(Webhook, _vault.Secrets[Name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task No_answer_stores_nothing_and_breaks_nothing(string? answer)
    {
        await RunAsync("default", answer);

        Assert.Empty(_vault.Secrets);
        Assert.Contains("No secret yet", Said, StringComparison.Ordinal);
        Assert.Contains("RELAY_OPERATOR_ID", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_secret_of_Slack_is_not_stored_and_not_shown()
    {
        var exception = await Assert.ThrowsAsync<OperationException>(() => RunAsync("default", "https://example.com/none"));

        Assert.StartsWith("Nothing was stored. The webhook is not https", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_vault.Secrets);
    }

    [Fact]
    public async Task A_route_has_to_have_the_name_of_one()
    {
        var exception = await Assert.ThrowsAsync<OperationException>(() => RunAsync("On Call", Webhook));

        Assert.StartsWith("'On Call' cannot be the name of a route", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_known_yet_is_waited_for()
    {
        _vault.InPlace = _ => Task.FromResult(
            _time.GetUtcNow() < JumpingTime.Start + TimeSpan.FromMinutes(3) ? EmulatedVault.Forbidden("ForbiddenByRbac") : EmulatedVault.Error(404, "SecretNotFound"));

        await RunAsync("default", answer: null);

        Assert.Equal(1, _asked);
        Assert.StartsWith("Waiting for your new role to be known, at most 10 minutes …", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_never_comes_is_waited_for_ten_minutes()
    {
        _vault.InPlace = _ => Task.FromResult(EmulatedVault.Forbidden("ForbiddenByRbac"));

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => RunAsync("default", Webhook));

        Assert.Equal(TimeSpan.FromMinutes(10), _time.GetUtcNow() - JumpingTime.Start);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vault_that_is_shut_to_this_network_is_left_alone(bool answers)
    {
        _vault.InPlace = _ => answers
            ? Task.FromResult(EmulatedVault.Forbidden("ForbiddenByConnection"))
            : throw new HttpRequestException("Name or service not known");

        await RunAsync("default", Webhook);

        Assert.Equal((0, JumpingTime.Start), (_asked, _time.GetUtcNow()));
        Assert.StartsWith("The vault cannot be reached from here", Said, StringComparison.Ordinal);
    }

    public void Dispose() => _said.Dispose();

    private string Said => _said.ToString().TrimEnd();

    private Task RunAsync(string route, string? answer, bool replace = false)
    {
        var prompt = new SecretPrompt(() => ++_asked > 0 ? answer : null, _said);
        return new StoreSecret(_vault.Client.Value, new RoleWait(_time, _said), prompt, null).RunAsync(route, replace);
    }
}
