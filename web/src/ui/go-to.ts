import { navigate } from 'wouter/use-browser-location'

/** Goes to a page of the app. */
export function goTo(path: string): void {
  navigate(path)
}
