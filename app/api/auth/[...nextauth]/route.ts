import { currentIdentity } from "@/lib/auth/identity";
import { authEndpoint } from "@/lib/auth/next-auth";
import { signIn, signOut } from "@/features/people/mutations/sessions";

const endpoint = authEndpoint({ signIn, signOut: async () => signOut(await currentIdentity()) });

export { endpoint as GET, endpoint as POST };
