using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Relay.KeyVault;

namespace Relay.Tests.KeyVault;

/// <summary>What Key Vault's HTTP does, behind the real client: the challenge, the secrets by name, and bad days.</summary>
internal sealed class EmulatedVault
{
    private static int _vaults;

    private readonly FixedCredential _credential = new();

    /// <summary>One of its own for each, since the client keeps the challenges of every vault for as long as the process lives.</summary>
    public Uri Address { get; } = new($"https://relay-{Interlocked.Increment(ref _vaults)}.vault.azure.net");

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>What is done in place of an answer, to requests that have a token.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>>? InPlace { get; set; }

    /// <summary>The secrets that were asked for with a token, retries included.</summary>
    public List<string> Asked { get; } = [];

    public List<string> Challenged { get; } = [];

    public IReadOnlyList<string> Scopes => _credential.Scopes;

    /// <summary>The address that the challenge says a token has to be for.</summary>
    public string Resource { get; set; } = "https://vault.azure.net";

    public Lazy<SecretClient> Client => new(() =>
    {
        var options = KeyVaultExtensions.ClientOptions();
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.Transport = new HttpClientTransport(new HttpClient(new Handler(AnswerAsync)));
        return new SecretClient(Address, _credential, options);
    });

    public HttpResponseMessage Found(string name, string value) =>
        Json(200, new { value, id = $"{Address}secrets/{name}/0f3c", attributes = new { enabled = true } });

    public static HttpResponseMessage Error(int status, string code) =>
        Json(status, new { error = new { code, message = "Not " + "today" } });

    /// <summary>A 403, whose reason stands within: for a missing role, a closed network and more.</summary>
    public static HttpResponseMessage Forbidden(string reason) =>
        Json(403, new { error = new { code = "Forbidden", message = "Not " + "today", innererror = new { code = reason } } });

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("A request has an address.");
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter: FixedCredential.Token })
        {
            Challenged.Add(Name(url));
            return Challenge();
        }

        Asked.Add(Name(url));
        if (InPlace is { } instead)
        {
            return await instead(cancellation);
        }

        if (request is { Method.Method: "PUT", Content: { } sent })
        {
            Secrets[Name(url)] = JsonDocument.Parse(await sent.ReadAsStringAsync(cancellation)).RootElement.GetProperty("value").GetString() ?? "";
        }

        return Find(Name(url));
    }

    private static string Name(Uri secret) => secret.Segments[2].Trim('/');

    private HttpResponseMessage Find(string name) => Secrets.TryGetValue(name, out var value) ? Found(name, value) : Error(404, "SecretNotFound");

    private HttpResponseMessage Challenge()
    {
        var challenge = Json(401, new { error = new { code = "Unauthorized", message = "AKV10000: Request is missing a Bearer or PoP token." } });
        challenge.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue(
            "Bearer",
            $"authorization=\"https://login.example.com/tenant\", resource=\"{Resource}\""));
        return challenge;
    }

    private static HttpResponseMessage Json(int status, object content) =>
        new((HttpStatusCode)status) { Content = new StringContent(JsonSerializer.Serialize(content), new MediaTypeHeaderValue("application/json")) };

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }
}
