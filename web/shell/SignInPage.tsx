import {
  Button,
  Card,
  Field,
  Input,
  LargeTitle,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { ApiError } from "@/api/error";
import { type DemoPerson, signIn } from "@/api/session";
import { useGo } from "@/ui/AppLink";
import { Busy } from "@/ui/feedback/Busy";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Initials } from "@/ui/Initials";
import { sessionQuery } from "@/ui/queries";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  page: {
    minHeight: "100%",
    display: "grid",
    placeItems: "center",
    padding: tokens.spacingHorizontalXXL,
    boxSizing: "border-box",
    overflowY: "auto",
    height: "100%",
    backgroundColor: tokens.colorNeutralBackground2,
  },
  columns: {
    display: "flex",
    flexWrap: "wrap",
    gap: "48px",
    alignItems: "center",
    justifyContent: "center",
    width: "100%",
    maxWidth: "960px",
  },
  intro: {
    flex: "1 1 300px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  mark: { width: "56px", height: "56px" },
  name: { margin: 0 },
  lead: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase500,
    lineHeight: 1.4,
  },
  card: { flex: "0 1 400px", padding: tokens.spacingHorizontalXXL },
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  people: {
    listStyle: "none",
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(200px, 1fr))",
    gap: tokens.spacingHorizontalS,
  },
  person: { width: "100%", justifyContent: "flex-start", textAlign: "left", minWidth: 0 },
  personText: {
    marginLeft: tokens.spacingHorizontalS,
    display: "flex",
    flexDirection: "column",
    minWidth: 0,
  },
  muted: { color: tokens.colorNeutralForeground3 },
});

export function SignInPage({ to }: { to: string }) {
  const styles = useStyles();
  const client = useQueryClient();
  const go = useGo();
  const session = useQuery(sessionQuery);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const isSignedIn = session.data !== undefined && "signedIn" in session.data;
  useEffect(() => {
    document.title = `${t.shell.signIn.title} – ${t.shell.product}`;
    if (isSignedIn) {
      go(to, true);
    }
  }, [isSignedIn, go, to]);

  const enter = async (name: string, secret: string) => {
    setWorking(true);
    setProblem(null);
    try {
      if (!name.trim() || !secret) {
        throw new ApiError(t.shell.signIn.fill);
      }
      await signIn(name.trim(), secret);
      client.clear();
      await client.fetchQuery(sessionQuery);
      go(to, true);
    } catch (thrown) {
      setProblem(thrown);
      setWorking(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(username, password);
  };
  const signedOut = session.data && "signedOut" in session.data ? session.data.signedOut : null;
  const demo = signedOut?.demo;
  return (
    <main className={styles.page}>
      <div className={styles.columns}>
        <div className={styles.intro}>
          <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" className={styles.mark} />
          <LargeTitle as="h1" className={styles.name}>
            {t.shell.product}
          </LargeTitle>
          <Text className={styles.lead}>{t.shell.signIn.lead}</Text>
          {signedOut?.organizationName && (
            <Text weight="semibold">{signedOut.organizationName}</Text>
          )}
          {demo && (
            <DemoPeople
              people={demo.people}
              isDisabled={isWorking}
              onChoose={(person) => enter(person.username, demo.password)}
            />
          )}
        </div>
        <Card className={styles.card}>
          <form className={styles.form} onSubmit={submit} noValidate>
            <Text as="h2" size={500} weight="semibold">
              {t.shell.signIn.title}
            </Text>
            {problem !== null && <ErrorNote error={problem} />}
            {session.error && <ErrorNote error={session.error} />}
            <Field label={t.shell.signIn.username} required>
              <Input
                value={username}
                autoComplete="username"
                autoFocus
                onChange={(_, data) => setUsername(data.value)}
              />
            </Field>
            <Field label={t.shell.signIn.password} required>
              <Input
                type="password"
                value={password}
                autoComplete="current-password"
                onChange={(_, data) => setPassword(data.value)}
              />
            </Field>
            <Button
              type="submit"
              appearance="primary"
              size="large"
              disabled={isWorking}
              icon={isWorking ? <Busy /> : undefined}
            >
              {isWorking ? t.shell.signIn.working : t.shell.signIn.submit}
            </Button>
          </form>
        </Card>
      </div>
    </main>
  );
}

interface DemoPeopleProps {
  people: readonly DemoPerson[];
  isDisabled: boolean;
  onChoose: (person: DemoPerson) => void;
}

function DemoPeople({ people, isDisabled, onChoose }: DemoPeopleProps) {
  const styles = useStyles();
  return (
    <section aria-label={t.shell.signIn.demo}>
      <Text>{t.shell.signIn.demoLead}</Text>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.username}>
            <Button
              className={styles.person}
              disabled={isDisabled}
              icon={<Initials name={person.fullName} />}
              onClick={() => onChoose(person)}
            >
              <span className={styles.personText}>
                <Text weight="semibold" truncate wrap={false}>
                  {person.fullName}
                </Text>
                <Text size={200} className={styles.muted} truncate wrap={false}>
                  {person.title}
                </Text>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
