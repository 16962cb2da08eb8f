using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Relay.Tests;
using Relay.Tests.KeyVault;

namespace Operations.Tests;

public sealed class ReadyTests : IDisposable
{
    private readonly JumpingTime _time = new();
    private readonly StringWriter _said = new();

    [Fact]
    public async Task Roles_that_are_in_effect_are_not_waited_for()
    {
        await RunAsync(() => Answer(HttpStatusCode.OK));

        Assert.Equal((JumpingTime.Start, ""), (_time.GetUtcNow(), _said.ToString()));
    }

    [Fact]
    public async Task Roles_that_are_not_known_yet_are_waited_for()
    {
        var known = JumpingTime.Start + TimeSpan.FromMinutes(4);

        await RunAsync(() => _time.GetUtcNow() < known ? Answer(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch") : Answer(HttpStatusCode.OK));

        Assert.Equal(known, _time.GetUtcNow());
        Assert.Single(_said.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Storage_that_is_shut_to_this_network_holds_nobody_up(bool answers)
    {
        await RunAsync(() => answers
            ? Answer(HttpStatusCode.Forbidden, "AuthorizationFailure")
            : throw new HttpRequestException("Name or service not known"));

        Assert.Equal(JumpingTime.Start, _time.GetUtcNow());
        Assert.StartsWith("Storage cannot be reached from here", _said.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _said.Dispose();

    private async Task RunAsync(Func<HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Handler(answer));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 1, Delay = TimeSpan.Zero } };
        var state = new BlobContainerClient(new Uri("https://relay.blob.core.windows.net/relay-state"), new FixedCredential(), options);
        await new Ready(state, new RoleWait(_time, _said), _said).RunAsync();
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string? code = null)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        response.Headers.TryAddWithoutValidation("x-ms-error-code", code);
        return response;
    }

    private sealed class Handler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
