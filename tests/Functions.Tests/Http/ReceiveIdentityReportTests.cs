using System.Text;
using System.Text.Json.Nodes;
using Functions.Http;

namespace Functions.Tests.Http;

public sealed class ReceiveIdentityReportTests
{
    private const string Role = "Reports.Send";
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    private const string Id = "00000000-0000-0000-0000-000000000001";

    public static TheoryData<string, bool, string?, string?, int> Callers => new()
    {
        { "an identity", true, null, Principal((ObjectId, Id)), 202 },
        { "an identity by its short claim", true, null, Principal(("oid", Id)), 202 },
        { "an application", true, null, Principal(("azp", Id)), 202 },
        { "an application with an old token", true, null, Principal(("appid", Id)), 202 },
        { "an identity with the role", true, Role, Principal((ObjectId, Id), ("roles", Role)), 202 },
        { "an identity with the role among others", true, Role, Principal((ObjectId, Id), (LongRole, "Other"), (LongRole, Role)), 202 },

        { "an identity without the role", true, Role, Principal((ObjectId, Id)), 403 },
        { "an identity with another role", true, Role, Principal((ObjectId, Id), ("roles", "reports.send")), 403 },
        { "an identity with the role as a scope", true, Role, Principal((ObjectId, Id), ("scp", Role)), 403 },

        { "authentication off", false, null, Principal((ObjectId, Id)), 401 },
        { "authentication off, with the role", false, Role, Principal((ObjectId, Id), ("roles", Role)), 401 },
        { "no header", true, null, null, 401 },
        { "an empty header", true, null, "", 401 },
        { "no Base64", true, null, "{}", 401 },
        { "no JSON", true, null, Base64("nonsense"), 401 },
        { "JSON of another kind", true, null, Base64("[]"), 401 },
        { "null", true, null, Base64("null"), 401 },
        { "no claims", true, null, Base64("""{"auth_typ":"aad"}"""), 401 },
        { "claims of another kind", true, null, Base64("""{"claims":{}}"""), 401 },
        { "a claim of another kind", true, null, Base64("""{"claims":["oid"]}"""), 401 },
        { "a claim whose value is a number", true, null, Base64("""{"claims":[{"typ":"oid","val":1}]}"""), 401 },
        { "an empty list of claims", true, null, Principal(), 401 },
        { "nobody, with the role", true, Role, Principal(("roles", Role)), 401 },
        { "a blank identity", true, null, Principal((ObjectId, " ")), 401 },
        { "a name alone", true, null, Principal(("name", "somebody")), 401 },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Only_a_caller_whom_App_Service_names_may_report(string who, bool on, string? role, string? header, int status)
    {
        var queue = new RecordingQueue();
        var context = Requests.Post(Requests.Report);
        if (header is not null)
        {
            context.Request.Headers[Caller.Header] = header;
        }

        var body = await context.WriteAsync(await Trigger(queue, new CallerOptions(on, role)).RunAsync(context.Request));

        Assert.True(status == context.Response.StatusCode, $"{who}: {context.Response.StatusCode} {body}");
        Assert.Equal(status == 202 ? 1 : 0, queue.Messages.Count);
    }

    [Fact]
    public async Task Two_headers_name_nobody()
    {
        var queue = new RecordingQueue();
        var context = Requests.Post(Requests.Report);
        context.Request.Headers[Caller.Header] = new([Principal((ObjectId, Id)), Principal((ObjectId, Id))]);

        await context.WriteAsync(await Trigger(queue, new CallerOptions(true, null)).RunAsync(context.Request));

        Assert.Equal(401, context.Response.StatusCode);
    }

    private static ReceiveIdentityReport Trigger(RecordingQueue queue, CallerOptions callers) => new(queue.UseCase(), callers);

    private static string Principal(params (string Type, string Value)[] claims) => Base64(new JsonObject
    {
        ["auth_typ"] = "aad",
        ["claims"] = new JsonArray([.. claims.Select(claim => new JsonObject { ["typ"] = claim.Type, ["val"] = claim.Value })]),
        ["name_typ"] = "name",
        ["role_typ"] = "roles",
    }.ToJsonString());

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
