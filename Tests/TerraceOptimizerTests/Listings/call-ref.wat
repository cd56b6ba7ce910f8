;; A call by a reference.
(module
  (type $t (func (param i32) (result i32)))
  (func $f (param (ref null $t)) (result i32)
    (call_ref $t (i32.const 4) (local.get 0))))

;; Graph
;; b0:
;;   v0 = call ref p0:ref unchecked type 0(4): i32
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 3a 00 00 00              jb +0x4d
;;   0013  48 89 5d f0                    mov [rbp - 16], rbx
;; b0:
;;   0017  48 89 fb                       mov rbx, rdi
;;   001a  bf 04 00 00 00                 mov edi, 4
;;   001f  4c 3b 73 08                    cmp r14, [rbx + 8]
;;   0023  0f 85 0c 00 00 00              jne +0x35
;;   0029  4c 8b 1b                       mov r11, [rbx]
;;   002c  41 ff 13                       call [r11]
;;   002f  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   0033  c9                             leave
;;   0034  c3                             ret
;; outOfLine:
;;   0035  4c 8b 73 08                    mov r14, [rbx + 8]
;;   0039  4c 8b 1b                       mov r11, [rbx]
;;   003c  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0040  41 ff 13                       call [r11]
;;   0043  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   0047  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   004b  eb e2                          jmp +0x2f
;;   004d  0f 0b                          ud2
